import Foundation
import Networks

@testable import Training

/// Numbers in double precision, row-major.
struct Tensor: Equatable {
    var shape: [Int]
    var values: [Double]

    init(_ shape: [Int], _ values: [Double]) {
        precondition(shape.reduce(1, *) == values.count, "\(shape) are not \(values.count) numbers")
        (self.shape, self.values) = (shape, values)
    }

    init(_ shape: [Int], of place: ([Int]) -> Double) { self.init(shape, Self.places(of: shape).map(place)) }

    subscript(_ place: [Int]) -> Double {
        get { values[Self.index(of: place, in: shape)] }
        set { values[Self.index(of: place, in: shape)] = newValue }
    }

    func map(_ body: (Double) -> Double) -> Tensor { Tensor(shape, values.map(body)) }

    /// All places of a shape, in the order of their numbers.
    static func places(of shape: [Int]) -> [[Int]] {
        shape.reduce([[]]) { places, length in places.flatMap { place in (0..<length).map { place + [$0] } } }
    }

    static func index(of place: [Int], in shape: [Int]) -> Int { zip(place, shape).reduce(0) { $0 * $1.1 + $1.0 } }
}

/// Computes graphs slowly and plainly, as the ONNX operators are defined and not as anybody makes them fast: what engines and
/// gradients are compared with.
struct Interpreter {
    private let operations: [Graph.Value: Graph.Operation]
    private let given: [Graph.Value: Tensor]
    private var known: [Graph.Value: Tensor] = [:]

    /// `inputs` by their names; weights are the graph's own where they are not given.
    init(_ graph: Graph, inputs: [String: Tensor]) {
        let weights = graph.weights.map { (Graph.Value(name: $0.name), Tensor($0)) }
        given = Dictionary(weights) { first, _ in first }.merging(
            inputs.map { (Graph.Value(name: $0), $1) }
        ) { $1 }
        operations = Dictionary(
            graph.operations.flatMap { operation in operation.outputs.map { ($0, operation) } }
        ) { first, _ in first }
    }

    mutating func value(_ value: Graph.Value) -> Tensor {
        if let known = known[value] ?? given[value] { return known }
        guard let operation = operations[value] else { preconditionFailure("nothing gives \(value.name)") }
        let inputs = operation.inputs.map { $0 == .none ? Tensor([0], []) : self.value($0) }
        for (output, tensor) in zip(operation.outputs, Self.outputs(of: operation, inputs)) { known[output] = tensor }
        return known[value]!
    }

    private static func outputs(of operation: Graph.Operation, _ inputs: [Tensor]) -> [Tensor] {
        if operation.type == "MaxPool" { return maxPool(operation, inputs[0]) }
        return [output(of: operation, inputs)]
    }

    private static func output(of operation: Graph.Operation, _ inputs: [Tensor]) -> Tensor {
        switch operation.type {
        case "Constant": constant(operation)
        case "Identity": inputs[0]
        case "Add": broadcast(inputs[0], inputs[1], +)
        case "Sub": broadcast(inputs[0], inputs[1], -)
        case "Mul": broadcast(inputs[0], inputs[1], *)
        case "Div": broadcast(inputs[0], inputs[1], /)
        case "Neg": inputs[0].map(-)
        case "Exp": inputs[0].map(exp)
        case "Log": inputs[0].map(log)
        case "Sqrt": inputs[0].map { $0.squareRoot() }
        case "Relu": inputs[0].map { max(0, $0) }
        case "Clip": inputs[0].map { min(max($0, inputs[1].values[0]), inputs[2].values[0]) }
        case "Sigmoid": inputs[0].map { 1 / (1 + exp(-$0)) }
        case "Less": broadcast(inputs[0], inputs[1]) { $0 < $1 ? 1 : 0 }
        case "Greater": broadcast(inputs[0], inputs[1]) { $0 > $1 ? 1 : 0 }
        case "And": broadcast(inputs[0], inputs[1], *)
        case "Cast": operation.int("to") == 9 ? inputs[0].map { $0 == 0 ? 0 : 1 } : inputs[0]
        case "Softmax": logSoftmax(inputs[0]).map(exp)
        case "LogSoftmax": logSoftmax(inputs[0])
        case "BatchNormalization": normalized(operation, inputs)
        case "Conv": convolution(operation, inputs)
        case "ConvTranspose": transposedConvolution(operation, inputs)
        case "AveragePool": averagePool(operation, inputs[0])
        case "GlobalAveragePool": reduced(inputs[0], over: [2, 3], keeps: true) { $0.reduce(0, +) / Double($0.count) }
        case "Gemm": gemm(operation, inputs)
        case "MatMul": matrices(inputs[0], inputs[1])
        case "Transpose": transposed(inputs[0], operation.ints("perm")!)
        case "Flatten": Tensor([inputs[0].shape[0], inputs[0].values.count / inputs[0].shape[0]], inputs[0].values)
        case "Reshape": reshaped(inputs[0], inputs[1].integers)
        case "Concat": concatenated(inputs, axis: operation.int("axis")!)
        case "Slice": sliced(inputs)
        case "Pad": padded(inputs[0], inputs[1].integers)
        case "Expand": broadcast(inputs[0], Tensor(inputs[1].integers) { _ in 0 }, +)
        case "ConstantOfShape": Tensor(inputs[0].integers) { _ in 0 }
        case "ScatterElements": scattered(inputs)
        case "ReduceSum":
            reduced(inputs[0], over: inputs[1].integers, keeps: operation.int("keepdims") != 0) { $0.reduce(0, +) }
        case "ReduceMean":
            reduced(inputs[0], over: operation.ints("axes")!, keeps: operation.int("keepdims") != 0) {
                $0.reduce(0, +) / Double($0.count)
            }
        case "ReduceSumSquare":
            reduced(inputs[0], over: operation.ints("axes")!, keeps: operation.int("keepdims") != 0) {
                $0.reduce(0) { $0 + $1 * $1 }
            }
        case "Resize": resized(inputs[0], inputs[2].values)
        default: preconditionFailure("nobody knows what \(operation.type) computes")
        }
    }

    // MARK: Numbers by themselves

    private static func constant(_ operation: Graph.Operation) -> Tensor {
        switch operation.attributes[0].value {
        case .float(let number): Tensor([], [Double(number)])
        case .floats(let numbers): Tensor([numbers.count], numbers.map(Double.init))
        case .ints(let numbers): Tensor([numbers.count], numbers.map(Double.init))
        default: preconditionFailure("a constant that is no number")
        }
    }

    private static func broadcast(_ left: Tensor, _ right: Tensor, _ body: (Double, Double) -> Double) -> Tensor {
        let count = max(left.shape.count, right.shape.count)
        func wide(_ shape: [Int]) -> [Int] { [Int](repeating: 1, count: count - shape.count) + shape }
        let shapes = [wide(left.shape), wide(right.shape)]
        return Tensor(zip(shapes[0], shapes[1]).map { max($0, $1) }) { place in
            func source(_ shape: [Int]) -> [Int] { zip(place, shape).map { $1 == 1 ? 0 : $0 } }
            return body(
                left.values[Tensor.index(of: source(shapes[0]), in: shapes[0])],
                right.values[Tensor.index(of: source(shapes[1]), in: shapes[1])])
        }
    }

    /// Along the last axis.
    private static func logSoftmax(_ input: Tensor) -> Tensor {
        let length = input.shape.last!
        let rows = stride(from: 0, to: input.values.count, by: length).map { input.values[$0..<$0 + length] }
        return Tensor(
            input.shape,
            rows.flatMap { row in
                let most = row.max()!
                let all = log(row.reduce(0) { $0 + exp($1 - most) })
                return row.map { $0 - most - all }
            })
    }

    private static func normalized(_ operation: Graph.Operation, _ inputs: [Tensor]) -> Tensor {
        let epsilon = Double(operation.float("epsilon") ?? 1e-5)
        return Tensor(inputs[0].shape) { place in
            let channel = place[1]
            let scaled =
                (inputs[0][place] - inputs[3].values[channel]) / (inputs[4].values[channel] + epsilon).squareRoot()
            return scaled * inputs[1].values[channel] + inputs[2].values[channel]
        }
    }

    // MARK: Windows

    private static func convolution(_ operation: Graph.Operation, _ inputs: [Tensor]) -> Tensor {
        let (input, weights, groups) = (inputs[0], inputs[1], operation.int("group") ?? 1)
        let window = Window(operation, kernel: Array(weights.shape[2...]), over: Array(input.shape[2...]))
        let (channels, outputs) = (weights.shape[1], weights.shape[0])
        return Tensor([input.shape[0], outputs] + window.output) { place in
            var sum = inputs.count > 2 ? inputs[2].values[place[1]] : 0
            for channel in 0..<channels {
                for (kernel, row, column) in window.places(under: Array(place[2...])) {
                    let from = place[1] / (outputs / groups) * channels + channel
                    sum += input[[place[0], from, row, column]] * weights[[place[1], channel] + kernel]
                }
            }
            return sum
        }
    }

    /// Spreads each number of the input over the places that a convolution of its output would look from.
    private static func transposedConvolution(_ operation: Graph.Operation, _ inputs: [Tensor]) -> Tensor {
        let (input, weights, groups) = (inputs[0], inputs[1], operation.int("group") ?? 1)
        let shape = ShapeInference(
            operation: operation, shapes: inputs.map(\.shape), integers: [nil, nil], floats: [nil, nil]
        ).outputs[0]
        let window = Window(operation, kernel: Array(weights.shape[2...]), over: Array(shape[2...]))
        var output = Tensor(shape) { _ in 0 }
        let (inPerGroup, outPerGroup) = (input.shape[1] / groups, weights.shape[1])
        for place in Tensor.places(of: input.shape) {
            for channel in 0..<outPerGroup {
                for (kernel, row, column) in window.places(under: Array(place[2...])) {
                    let to = [place[0], place[1] / inPerGroup * outPerGroup + channel, row, column]
                    output[to] += input[place] * weights[[place[1], channel] + kernel]
                }
            }
        }
        return output
    }

    private static func maxPool(_ operation: Graph.Operation, _ input: Tensor) -> [Tensor] {
        let window = Window(operation, over: Array(input.shape[2...]))
        let shape = Array(input.shape[..<2]) + window.output
        let greatest = Tensor.places(of: shape).map { place in
            window.places(under: Array(place[2...])).map { [place[0], place[1], $0.row, $0.column] }
                .max { input[$0] < input[$1] }!
        }
        return [
            Tensor(shape, greatest.map { input[$0] }),
            Tensor(shape, greatest.map { Double(Tensor.index(of: $0, in: input.shape)) }),
        ]
    }

    private static func averagePool(_ operation: Graph.Operation, _ input: Tensor) -> Tensor {
        let window = Window(operation, over: Array(input.shape[2...]))
        return Tensor(Array(input.shape[..<2]) + window.output) { place in
            let numbers = window.places(under: Array(place[2...])).map {
                input[[place[0], place[1], $0.row, $0.column]]
            }
            return numbers.reduce(0, +) / Double(window.kernel.reduce(1, *))
        }
    }

    private static func resized(_ input: Tensor, _ factors: [Double]) -> Tensor {
        Tensor(zip(input.shape, factors).map { Int(Double($0) * $1) }) { place in
            input[zip(place, factors).map { Int(Double($0) / $1) }]
        }
    }

    // MARK: Matrices

    private static func gemm(_ operation: Graph.Operation, _ inputs: [Tensor]) -> Tensor {
        let left = operation.int("transA") == 1 ? transposed(inputs[0], [1, 0]) : inputs[0]
        let right = operation.int("transB") == 1 ? transposed(inputs[1], [1, 0]) : inputs[1]
        let product = matrices(left, right)
        return inputs.count > 2 ? broadcast(product, inputs[2], +) : product
    }

    private static func matrices(_ left: Tensor, _ right: Tensor) -> Tensor {
        let inner = left.shape.last!
        return Tensor(left.shape.dropLast() + [right.shape.last!]) { place in
            (0..<inner).reduce(0) { sum, middle in
                let before = Array(place.dropLast())
                return sum + left[before + [middle]] * right[before.dropLast() + [middle, place.last!]]
            }
        }
    }

    // MARK: Arrangements

    private static func transposed(_ input: Tensor, _ order: [Int]) -> Tensor {
        Tensor(order.map { input.shape[$0] }) { place in
            var source = place
            for (axis, old) in order.enumerated() { source[old] = place[axis] }
            return input[source]
        }
    }

    private static func reshaped(_ input: Tensor, _ shape: [Int]) -> Tensor {
        let rest = input.values.count / shape.filter { $0 != -1 }.reduce(1, *)
        return Tensor(shape.map { $0 == -1 ? rest : $0 }, input.values)
    }

    private static func concatenated(_ inputs: [Tensor], axis: Int) -> Tensor {
        var shape = inputs[0].shape
        shape[axis] = inputs.reduce(0) { $0 + $1.shape[axis] }
        return Tensor(shape) { place in
            var (rest, which) = (place[axis], 0)
            while rest >= inputs[which].shape[axis] { (rest, which) = (rest - inputs[which].shape[axis], which + 1) }
            var source = place
            source[axis] = rest
            return inputs[which][source]
        }
    }

    private static func sliced(_ inputs: [Tensor]) -> Tensor {
        let (starts, ends, axes) = (inputs[1].integers, inputs[2].integers, inputs[3].integers)
        let steps = inputs.count > 4 ? inputs[4].integers : starts.map { _ in 1 }
        var places = inputs[0].shape.map { Array(0..<$0) }
        for (number, axis) in axes.enumerated() {
            let length = inputs[0].shape[axis]
            let start = starts[number] < 0 ? starts[number] + length : starts[number]
            let end = steps[number] > 0 ? min(ends[number], length) : max(ends[number] + length, -1)
            places[axis] = Array(stride(from: start, to: end, by: steps[number]))
        }
        return Tensor(places.map(\.count)) { place in inputs[0][zip(place, places).map { $1[$0] }] }
    }

    private static func padded(_ input: Tensor, _ pads: [Int]) -> Tensor {
        let count = input.shape.count
        return Tensor(input.shape.indices.map { input.shape[$0] + pads[$0] + pads[$0 + count] }) { place in
            let source = zip(place, pads).map { $0 - $1 }
            return zip(source, input.shape).allSatisfy { $0 >= 0 && $0 < $1 } ? input[source] : 0
        }
    }

    private static func scattered(_ inputs: [Tensor]) -> Tensor {
        var output = inputs[0]
        for (place, number) in zip(inputs[1].integers, inputs[2].values) { output.values[place] += number }
        return output
    }

    private static func reduced(_ input: Tensor, over axes: [Int], keeps: Bool, _ body: ([Double]) -> Double) -> Tensor
    {
        let kept = input.shape.indices.map { axes.contains($0) ? 1 : input.shape[$0] }
        let wide = Tensor(kept) { place in
            let sides = input.shape.indices.map { axes.contains($0) ? Array(0..<input.shape[$0]) : [place[$0]] }
            let places = sides.reduce([[]]) { places, side in places.flatMap { place in side.map { place + [$0] } } }
            return body(places.map { input[$0] })
        }
        return keeps
            ? wide : Tensor(input.shape.indices.filter { !axes.contains($0) }.map { input.shape[$0] }, wide.values)
    }
}

extension Tensor {
    init(_ tensor: WeightFile.Tensor) { self.init(tensor.shape, tensor.floats.map(Double.init)) }

    fileprivate var integers: [Int] { values.map { Int($0) } }
}

extension Window {
    /// The places of the input that a kernel over a place of the output looks at, and where in the kernel.
    fileprivate func places(under place: [Int]) -> [(kernel: [Int], row: Int, column: Int)] {
        Tensor.places(of: kernel).compactMap { kernel in
            let source = (0..<2).map { place[$0] * strides[$0] - padding.before[$0] + kernel[$0] * dilations[$0] }
            guard (0..<2).allSatisfy({ source[$0] >= 0 && source[$0] < input[$0] }) else { return nil }
            return (kernel, source[0], source[1])
        }
    }
}
