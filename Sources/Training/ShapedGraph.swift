import Networks

/// A graph that runs on batches of one size, so that each value's shape is known as it is written.
struct ShapedGraph {
    private(set) var graph: Graph
    private var shapes: [Graph.Value: [Int]] = [.none: []]
    private var numbers: [Graph.Value: Graph.Attribute] = [:]
    /// Each constant is written once.
    private var constants: [Graph.Attribute: Graph.Value] = [:]

    /// Begins without operations; `weights` are those that nothing changes.
    init(weights: WeightFile) { graph = Graph(weights: weights) }

    /// The shape of a value of this graph; traps for one of another.
    subscript(_ value: Graph.Value) -> [Int] {
        guard let shape = shapes[value] else { preconditionFailure("\(value.name) is no value of this graph") }
        return shape
    }

    /// How many numbers a value has.
    func count(_ value: Graph.Value) -> Int { self[value].reduce(1, *) }

    /// What a constant of integers has; `nil` for anything else.
    func integers(_ value: Graph.Value) -> [Int]? {
        guard case .ints(let integers) = numbers[value] else { return nil }
        return integers
    }

    /// What a constant of several floats has; `nil` for anything else.
    func floats(_ value: Graph.Value) -> [Float]? {
        guard case .floats(let floats) = numbers[value] else { return nil }
        return floats
    }

    mutating func input(_ name: String, shape: [Int]) -> Graph.Value {
        let value = graph.input(name, shape: shape)
        shapes[value] = shape
        return value
    }

    mutating func weight(_ name: String, shape: [Int]) throws(WeightFileError) -> Graph.Value {
        let value = try graph.weight(name, shape: shape)
        shapes[value] = shape
        return value
    }

    mutating func output(_ value: Graph.Value, as name: String) { graph.output(value, as: name, shape: self[value]) }

    mutating func apply(_ type: String, _ inputs: Graph.Value..., attributes: [(String, Graph.Attribute)] = [])
        -> Graph.Value
    {
        apply(type, inputs, outputs: 1, attributes: attributes)[0]
    }

    mutating func apply(
        _ type: String, _ inputs: [Graph.Value], outputs count: Int = 1, attributes: [(String, Graph.Attribute)] = []
    ) -> [Graph.Value] {
        let outputs = graph.apply(type, inputs, outputs: count, attributes: attributes)
        let inference = ShapeInference(graph.operations[graph.operations.count - 1], in: self)
        for (output, shape) in zip(outputs, inference.outputs) { shapes[output] = shape }
        if type == "Constant" { numbers[outputs[0]] = attributes[0].1 }
        return outputs
    }

    /// The same single number wherever it is used.
    mutating func constant(_ number: Float) -> Graph.Value { constant("value_float", .float(number)) }

    /// The same numbers wherever they are used.
    mutating func constant(_ numbers: [Float]) -> Graph.Value { constant("value_floats", .floats(numbers)) }

    /// The same axes, lengths or places wherever they are used.
    mutating func constant(_ integers: [Int]) -> Graph.Value { constant("value_ints", .ints(integers)) }

    private mutating func constant(_ name: String, _ numbers: Graph.Attribute) -> Graph.Value {
        if let value = constants[numbers] { return value }
        let value = apply("Constant", attributes: [(name, numbers)])
        constants[numbers] = value
        return value
    }
}

extension ShapeInference {
    init(_ operation: Graph.Operation, in graph: ShapedGraph) {
        self.init(
            operation: operation, shapes: operation.inputs.map { graph[$0] },
            integers: operation.inputs.map { graph.integers($0) }, floats: operation.inputs.map { graph.floats($0) })
    }
}

// What is written again and again.
extension ShapedGraph {
    mutating func add(_ left: Graph.Value, _ right: Graph.Value) -> Graph.Value { apply("Add", left, right) }

    mutating func subtract(_ left: Graph.Value, _ right: Graph.Value) -> Graph.Value { apply("Sub", left, right) }

    mutating func multiply(_ left: Graph.Value, _ right: Graph.Value) -> Graph.Value { apply("Mul", left, right) }

    mutating func multiply(_ value: Graph.Value, by number: Float) -> Graph.Value {
        apply("Mul", value, constant(number))
    }

    mutating func reshape(_ value: Graph.Value, to shape: [Int]) -> Graph.Value {
        self[value] == shape ? value : apply("Reshape", value, constant(shape))
    }

    mutating func transpose(_ value: Graph.Value, _ order: [Int]) -> Graph.Value {
        apply("Transpose", value, attributes: [("perm", .ints(order))])
    }

    mutating func sum(_ value: Graph.Value, over axes: [Int], keepingAxes: Bool = false) -> Graph.Value {
        apply("ReduceSum", value, constant(axes), attributes: [("keepdims", .int(keepingAxes ? 1 : 0))])
    }

    mutating func mean(_ value: Graph.Value, over axes: [Int], keepingAxes: Bool = false) -> Graph.Value {
        apply("ReduceMean", value, attributes: [("axes", .ints(axes)), ("keepdims", .int(keepingAxes ? 1 : 0))])
    }

    /// From `start` on, every `step`th place, up to and without `end`, of each axis.
    mutating func slice(_ value: Graph.Value, axes: [Int], from start: [Int], to end: [Int], steps: [Int]? = nil)
        -> Graph.Value
    {
        let bounds = [constant(start), constant(end), constant(axes)]
        let steps = steps.map { constant($0) }
        return apply("Slice", [value] + bounds + (steps.map { [$0] } ?? []))[0]
    }

    /// Zeros before and after each of the last two axes.
    mutating func pad(_ value: Graph.Value, _ pads: [Int]) -> Graph.Value {
        guard pads.contains(where: { $0 != 0 }) else { return value }
        return apply("Pad", value, constant([0, 0, pads[0], pads[1], 0, 0, pads[2], pads[3]]))
    }
}
