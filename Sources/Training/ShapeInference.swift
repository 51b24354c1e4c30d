import Networks

/// What the shapes of an operation's outputs follow from.
struct ShapeInference {
    let operation: Graph.Operation
    /// Of its inputs, in their order; empty for one that is left out.
    let shapes: [[Int]]
    /// The numbers of those inputs that are constant integers.
    let integers: [[Int]?]
    /// The numbers of those that are several constant floats.
    let floats: [[Float]?]

    /// Traps for an operation that no network here has.
    var outputs: [[Int]] {
        switch operation.type {
        case "Constant": [constant]
        case "Add", "Sub", "Mul", "Div", "Less", "Greater", "And": [shapes.reduce([], broadcast)]
        case "Neg", "Exp", "Log", "Sqrt", "Relu", "Clip", "Sigmoid", "Identity", "Softmax", "LogSoftmax",
            "BatchNormalization", "ScatterElements", "Cast":
            [shapes[0]]
        case "Conv": [windowed(channels: shapes[1][0], kernel: Array(shapes[1][2...]))]
        case "ConvTranspose": [spread]
        case "MaxPool": [[Int]](repeating: windowed(channels: shapes[0][1]), count: operation.outputs.count)
        case "AveragePool": [windowed(channels: shapes[0][1])]
        case "GlobalAveragePool": [Array(shapes[0][..<2]) + [1, 1]]
        case "Gemm": [[side(0, "transA"), shapes[1][operation.int("transB") == 1 ? 0 : 1]]]
        case "MatMul": [shapes[0].dropLast() + [shapes[1][shapes[1].count - 1]]]
        case "Transpose": [permuted]
        case "Flatten": [[shapes[0][0], shapes[0].dropFirst().reduce(1, *)]]
        case "Reshape": [reshaped]
        case "Concat": [concatenated]
        case "Slice": [sliced]
        case "Pad": [padded]
        case "Expand": [broadcast(shapes[0], numbers(1))]
        case "ConstantOfShape": [numbers(0)]
        case "ReduceSum": [reduced(over: integers.count > 1 ? numbers(1) : nil)]
        case "ReduceMean", "ReduceSumSquare": [reduced(over: operation.ints("axes"))]
        case "Resize": [resized]
        default: preconditionFailure("nobody knows the shape of what \(operation.type) gives")
        }
    }

    private func numbers(_ input: Int) -> [Int] {
        guard let numbers = integers[input] else {
            preconditionFailure("input \(input) of \(operation.output.name) is no constant")
        }
        return numbers
    }

    private var constant: [Int] {
        switch operation.attributes.first?.value {
        case .floats(let numbers): [numbers.count]
        case .ints(let numbers): [numbers.count]
        default: []
        }
    }

    /// As NumPy does it: from the last axis on.
    private func broadcast(_ one: [Int], _ other: [Int]) -> [Int] {
        let count = max(one.count, other.count)
        let padded = [one, other].map { [Int](repeating: 1, count: count - $0.count) + $0 }
        return zip(padded[0], padded[1]).map { max($0, $1) }
    }

    private func windowed(channels: Int, kernel: [Int]? = nil) -> [Int] {
        [shapes[0][0], channels] + Window(operation, kernel: kernel, over: Array(shapes[0][2...])).output
    }

    private var spread: [Int] {
        let (kernel, input) = (Array(shapes[1][2...]), Array(shapes[0][2...]))
        let (strides, pads) = (operation.ints("strides") ?? [1, 1], operation.ints("pads") ?? [0, 0, 0, 0])
        let (dilations, more) = (operation.ints("dilations") ?? [1, 1], operation.ints("output_padding") ?? [0, 0])
        let sides = (0..<2).map { axis in
            let all = (input[axis] - 1) * strides[axis] + dilations[axis] * (kernel[axis] - 1) + 1
            return all - pads[axis] - pads[axis + 2] + more[axis]
        }
        return [shapes[0][0], shapes[1][1] * (operation.int("group") ?? 1)] + sides
    }

    private func side(_ input: Int, _ transposition: String) -> Int {
        shapes[input][operation.int(transposition) == 1 ? 1 : 0]
    }

    private var permuted: [Int] { (operation.ints("perm") ?? shapes[0].indices.reversed()).map { shapes[0][$0] } }

    /// One length may be left open.
    private var reshaped: [Int] {
        let wanted = numbers(1)
        let rest = shapes[0].reduce(1, *) / max(1, wanted.filter { $0 != -1 }.reduce(1, *))
        return wanted.map { $0 == -1 ? rest : $0 }
    }

    private var concatenated: [Int] {
        let axis = operation.int("axis") ?? 0
        var shape = shapes[0]
        shape[axis] = shapes.reduce(0) { $0 + $1[axis] }
        return shape
    }

    /// Of slices that begin and end inside, or go backwards from the last place to the first.
    private var sliced: [Int] {
        let (starts, ends, axes) = (numbers(1), numbers(2), numbers(3))
        let steps = integers.count > 4 ? numbers(4) : starts.map { _ in 1 }
        var shape = shapes[0]
        for (place, axis) in axes.enumerated() where steps[place] > 0 {
            shape[axis] = (min(ends[place], shape[axis]) - starts[place] + steps[place] - 1) / steps[place]
        }
        return shape
    }

    private var padded: [Int] {
        let (pads, count) = (numbers(1), shapes[0].count)
        return shapes[0].indices.map { shapes[0][$0] + pads[$0] + pads[$0 + count] }
    }

    private func reduced(over axes: [Int]?) -> [Int] {
        let axes = Set(axes ?? Array(shapes[0].indices))
        if operation.int("keepdims") ?? 1 == 0 {
            return shapes[0].indices.filter { !axes.contains($0) }.map { shapes[0][$0] }
        }
        return shapes[0].indices.map { axes.contains($0) ? 1 : shapes[0][$0] }
    }

    /// By factors, which are constants of the network.
    private var resized: [Int] {
        guard let factors = floats[2] else {
            preconditionFailure("\(operation.output.name) does not say how much larger it makes a picture")
        }
        return zip(shapes[0], factors).map { Int((Float($0) * $1).rounded(.down)) }
    }
}
