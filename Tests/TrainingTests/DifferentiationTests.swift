import Networks
import Testing
import Vectors

@testable import Training

/// Each gradient against central differences, both in double precision by an interpreter of their own.
@Suite struct DifferentiationTests {
    /// An operation, or several, of tensors that all are changed.
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let shapes: [[Int]]
        var isPositive = false
        var normalizesByBatch = false
        let write: @Sendable (inout Graph, [Graph.Value]) -> Graph.Value
    }

    private static func example(
        _ name: String, _ shapes: [Int]..., positive: Bool = false,
        write: @escaping @Sendable (inout Graph, [Graph.Value]) -> Graph.Value
    ) -> Example { Example(testDescription: name, shapes: shapes, isPositive: positive, write: write) }

    private static func convolution(
        _ name: String, _ input: [Int], _ weights: [Int], bias: Bool = false, _ attributes: (String, Graph.Attribute)...
    ) -> Example {
        Example(testDescription: name, shapes: [input, weights] + (bias ? [[weights[0]]] : [])) { graph, values in
            graph.apply("Conv", values, attributes: attributes)
        }
    }

    private static func pooling(_ type: String, _ input: [Int], _ attributes: (String, Graph.Attribute)...) -> Example {
        Example(testDescription: "\(type) \(attributes.map { "\($0.1)" })", shapes: [input]) { graph, values in
            graph.apply(type, values, attributes: attributes)
        }
    }

    static let elementwise: [Example] =
        ["Add", "Sub", "Mul", "Div"].flatMap { type in
            [([2, 3], [2, 3]), ([2, 3, 2], [3, 1]), ([3], [2, 2, 3]), ([2, 1, 2], [1, 3, 1])].map { left, right in
                Example(testDescription: "\(type) \(left) \(right)", shapes: [left, right], isPositive: type == "Div") {
                    $0.apply(type, $1)
                }
            }
        }
        + ["Neg", "Exp", "Log", "Sqrt", "Sigmoid", "Relu", "Identity"].map { type in
            Example(testDescription: type, shapes: [[3, 4]], isPositive: type == "Log" || type == "Sqrt") {
                $0.apply(type, $1)
            }
        } + [
            example("Clip", [3, 4]) { $0.apply("Clip", $1[0], $0.constant(-0.4), $0.constant(0.5)) },
            example("a value that is used twice", [2, 3]) { $0.apply("Mul", $1[0], $0.apply("Exp", $1[0])) },
        ]

    static let matrices: [Example] =
        [(0, 0), (0, 1), (1, 0), (1, 1)].map { left, right in
            Example(
                testDescription: "Gemm \(left) \(right)",
                shapes: [left == 1 ? [4, 3] : [3, 4], right == 1 ? [2, 4] : [4, 2], [2]]
            ) { $0.apply("Gemm", $1, attributes: [("transA", .int(left)), ("transB", .int(right))]) }
        } + [
            example("MatMul", [3, 4], [4, 2]) { $0.apply("MatMul", $1) },
            example("Transpose", [2, 3, 4]) { $0.apply("Transpose", $1, attributes: [("perm", .ints([2, 0, 1]))]) },
            example("Flatten", [2, 3, 2]) { $0.apply("Flatten", $1, attributes: [("axis", .int(1))]) },
            example("Reshape", [2, 6]) { $0.apply("Reshape", $1[0], $0.integers([3, -1])) },
            example("Concat", [2, 3, 2], [2, 1, 2]) { $0.apply("Concat", $1, attributes: [("axis", .int(1))]) },
        ]

    static let reductions: [Example] = [
        example("ReduceSum", [2, 3, 4]) {
            $0.apply("ReduceSum", $1[0], $0.integers([0, 2]), attributes: [("keepdims", .int(0))])
        },
        example("ReduceMean", [2, 3, 4]) { $0.apply("ReduceMean", $1, attributes: [("axes", .ints([1]))]) },
        example("GlobalAveragePool", [2, 3, 2, 4]) { $0.apply("GlobalAveragePool", $1) },
        example("Softmax", [3, 4]) { $0.apply("Softmax", $1, attributes: [("axis", .int(1))]) },
        example("LogSoftmax", [3, 4]) { $0.apply("LogSoftmax", $1, attributes: [("axis", .int(-1))]) },
    ]

    static let windows: [Example] = [
        convolution("1 x 1", [2, 3, 3, 3], [2, 3, 1, 1], bias: true),
        convolution("1 x 1, every second place", [2, 3, 5, 4], [2, 3, 1, 1], ("strides", .ints([2, 2]))),
        convolution("3 x 3", [2, 2, 4, 5], [3, 2, 3, 3], bias: true, ("pads", .ints([1, 1, 1, 1]))),
        convolution("without padding", [1, 2, 5, 4], [2, 2, 3, 2]),
        convolution("with more padding on one side", [1, 2, 4, 4], [2, 2, 3, 3], ("pads", .ints([0, 1, 2, 1]))),
        convolution(
            "every second place", [2, 2, 7, 6], [3, 2, 3, 3], ("pads", .ints([1, 1, 1, 1])), ("strides", .ints([2, 2]))),
        convolution(
            "as TensorFlow pads", [1, 2, 6, 7], [2, 2, 5, 5], ("auto_pad", .string("SAME_UPPER")),
            ("strides", .ints([2, 2]))),
        convolution(
            "far apart", [1, 2, 7, 7], [2, 2, 3, 3], ("pads", .ints([2, 2, 2, 2])), ("dilations", .ints([2, 2]))),
        convolution(
            "each channel by itself", [2, 3, 4, 4], [3, 1, 3, 3], ("pads", .ints([1, 1, 1, 1])), ("group", .int(3))),
        convolution(
            "each channel by itself, every second place", [1, 3, 5, 6], [3, 1, 3, 3],
            ("auto_pad", .string("SAME_UPPER")),
            ("strides", .ints([2, 2])), ("group", .int(3))),
        convolution(
            "groups", [2, 4, 3, 3], [6, 2, 3, 3], bias: true, ("pads", .ints([1, 1, 1, 1])), ("group", .int(2))),
        convolution(
            "groups, every third place", [1, 4, 7, 7], [2, 2, 3, 3], ("strides", .ints([3, 3])), ("group", .int(2))),
        convolution("more weights than pictures", [1, 4, 3, 2], [3, 4, 3, 3], ("pads", .ints([2, 1, 1, 0]))),
        convolution("more padding than kernel", [1, 2, 3, 3], [2, 2, 1, 2], ("pads", .ints([1, 2, 0, 1]))),
        convolution("few outputs of many inputs", [1, 3, 5, 6], [2, 3, 3, 3], ("pads", .ints([1, 0, 1, 2]))),
        convolution("many inputs", [2, 9, 4, 3], [2, 9, 2, 2], ("pads", .ints([0, 0, 1, 1]))),
        convolution("many outputs", [1, 9, 4, 4], [10, 9, 1, 2]),
        convolution("a row", [1, 2, 4, 6], [2, 2, 1, 5], ("pads", .ints([0, 2, 0, 2]))),
        pooling("MaxPool", [2, 2, 4, 4], ("kernel_shape", .ints([2, 2])), ("strides", .ints([2, 2]))),
        pooling(
            "MaxPool", [1, 2, 6, 5], ("kernel_shape", .ints([3, 3])), ("strides", .ints([2, 2])),
            ("pads", .ints([1, 1, 1, 1]))),
        pooling("AveragePool", [1, 2, 4, 4], ("kernel_shape", .ints([2, 2])), ("strides", .ints([2, 2]))),
        pooling(
            "AveragePool", [1, 2, 5, 4], ("kernel_shape", .ints([3, 3])), ("strides", .ints([1, 1])),
            ("pads", .ints([1, 1, 1, 1])), ("count_include_pad", .int(1))),
        pooling(
            "AveragePool", [2, 2, 7, 6], ("kernel_shape", .ints([3, 2])), ("strides", .ints([2, 2])),
            ("pads", .ints([0, 0, 0, 0]))),
        example("Resize", [1, 2, 2, 3]) {
            $0.apply("Resize", $1[0], .none, $0.constant([1, 1, 2, 3]), attributes: [("mode", .string("nearest"))])
        },
    ]

    static let normalizations: [Example] = [false, true].map { byBatch in
        Example(
            testDescription: byBatch ? "BatchNormalization by the batch" : "BatchNormalization by what is known",
            shapes: [[3, 2, 2, 2], [2], [2]], normalizesByBatch: byBatch
        ) { graph, values in
            let known = ["running_mean", "running_var"].map { Graph.Value(name: "bn.\($0)") }
            return graph.apply("BatchNormalization", values + known, attributes: [("epsilon", .float(0.01))])
        }
    }

    @Test(arguments: elementwise + matrices + reductions + windows + normalizations)
    func agreesWithCentralDifferences(example: Example) throws {
        let check = try GradientCheck(example)
        for name in check.names {
            let gradient = check.gradient(of: name)
            for (place, expected) in check.centralDifferences(of: name) {
                let found = gradient.values[place]
                #expect(abs(found - expected) < 1e-6 * max(1, abs(expected)), "\(name): \(found) for \(expected)")
            }
        }
    }

    /// Three photos of two identities.
    @Test func contrastAgreesWithCentralDifferencesToo() throws {
        let example = Example(testDescription: "contrast", shapes: [[3, 4]]) { $0.apply("Identity", $1) }
        let check = try GradientCheck(
            example, loss: .contrastive(temperature: 0.3),
            inputs: [
                Loss.identical: Tensor([3, 3], [0, 1, 0, 1, 0, 0, 0, 0, 0]),
                Loss.itself: Tensor([3, 3], [-1e4, 0, 0, 0, -1e4, 0, 0, 0, -1e4]),
            ])
        let gradient = check.gradient(of: "v0")
        for (place, expected) in check.centralDifferences(of: "v0") {
            #expect(abs(gradient.values[place] - expected) < 1e-6)
        }
    }
}

/// A graph, made-up numbers for it, and how its loss changes with them.
private struct GradientCheck {
    let names: [String]
    private let graph: Graph
    private let loss: Graph.Value
    private let gradients: [String: Graph.Value]
    private var numbers: [String: Tensor]

    init(
        _ example: DifferentiationTests.Example, loss: Loss = .squaredError, inputs: [String: Tensor] = [:]
    ) throws {
        var random = LinearCongruence(seed: 5)
        func tensor(_ name: String, _ shape: [Int], _ range: ClosedRange<Double>) -> WeightFile.Tensor {
            let count = shape.reduce(1, *)
            return WeightFile.Tensor(
                name, .float32, shape: shape, (0..<count).map { _ in Float(Double.random(in: range, using: &random)) })
        }
        names = example.shapes.indices.map { "v\($0)" }
        var tensors = zip(names, example.shapes).map { tensor($0, $1, example.isPositive ? 0.4...2 : -1...1) }
        let channels = example.shapes[0].count > 1 ? example.shapes[0][1] : 1
        tensors += [tensor("bn.running_mean", [channels], -1...1), tensor("bn.running_var", [channels], 0.5...2)]
        let file = WeightFile(byName: Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) }))
        var network = Graph(weights: file)
        let values = try zip(names, example.shapes).map { try network.weight($0, shape: $1) }
        for tensor in tensors.suffix(2) { _ = try network.weight(tensor.name, shape: tensor.shape) }
        network.output(example.write(&network, values), as: "y", shape: [])
        let layers = TrainedLayers(normalizesByBatch: example.normalizesByBatch) { _ in true }
        var pass = try ForwardPass(network, batch: 1, layers: layers)
        let result = loss.write(behind: "y", of: &pass)
        let backwards = Differentiation(of: result, in: pass.graph, active: pass.active)
        (graph, self.loss) = (backwards.graph.graph, result)
        gradients = Dictionary(uniqueKeysWithValues: names.map { ($0, backwards[Graph.Value(name: $0)]!) })
        numbers = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, Tensor($0)) }).merging(inputs) { $1 }
        if case .contrastive = loss { return }
        let shape = backwards.graph[pass["y"]]
        numbers[Loss.target] = Tensor(shape) { _ in Double.random(in: -1...1, using: &random) }
    }

    /// In the shape of what it is of.
    func gradient(of name: String) -> Tensor {
        var interpreter = Interpreter(graph, inputs: numbers)
        let gradient = interpreter.value(gradients[name]!)
        precondition(gradient.shape == numbers[name]!.shape)
        return gradient
    }

    /// Of some numbers, evenly spread, by their places.
    func centralDifferences(of name: String) -> [(place: Int, change: Double)] {
        let (count, step) = (numbers[name]!.values.count, 1e-5)
        return (0..<min(count, 16)).map { $0 * count / min(count, 16) }.map { place in
            let losses = [step, -step].map { change in
                var changed = numbers
                changed[name]!.values[place] += change
                var interpreter = Interpreter(graph, inputs: changed)
                return interpreter.value(loss).values[0]
            }
            return (place, (losses[0] - losses[1]) / (2 * step))
        }
    }
}
