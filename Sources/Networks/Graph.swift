/// A network as operations on named values, written out as an ONNX model.
///
/// Weights are named and not contained: an engine is lent them from a `WeightFile`.
public struct Graph: Sendable {
    /// What flows between operations, known by its name.
    public struct Value: Sendable, Hashable {
        package let name: String

        package init(name: String) { self.name = name }

        /// What an operation is given in place of an input that it can do without.
        package static let none = Value(name: "")
    }

    /// A fixed property of an operation (ONNX `AttributeProto`).
    public enum Attribute: Sendable, Hashable {
        case int(Int)
        case ints([Int])
        case float(Float)
        case floats([Float])
        case string(String)
    }

    package struct Operation: Sendable {
        package let type: String
        package let inputs: [Value]
        /// What most operations have one of.
        package let outputs: [Value]
        package let attributes: [(name: String, value: Attribute)]

        /// The first, or only, output.
        package var output: Value { outputs[0] }
    }

    package struct Port: Sendable {
        package let value: Value
        /// `nil` for a dimension that differs from run to run.
        package let shape: [Int?]
    }

    /// The tensors that the graph computes with, from a weight file or made here, in the order in which it first
    /// mentions them.
    public private(set) var weights: [WeightFile.Tensor] = []
    package private(set) var operations: [Operation] = []
    package private(set) var inputs: [Port] = []
    package private(set) var outputs: [Port] = []
    private let weightFile: WeightFile?

    /// Begins without operations; a tensor is looked up when a layer asks for it.
    public init(weights: WeightFile) {
        weightFile = weights
    }

    /// Begins an outline: every tensor that a layer asks for has the shape that it asks for, and no numbers. It tells
    /// what a network looks like before there are weights, and no engine can run it.
    public init() {
        weightFile = nil
    }

    /// Puts together operations, each after those that it needs, and from `tensors` what they mention.
    init(_ operations: [Operation], tensors: [WeightFile.Tensor], inputs: [Port], outputs: [Port]) {
        (self.operations, self.inputs, self.outputs, weightFile) = (operations, inputs, outputs, nil)
        var rest = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
        weights = operations.flatMap(\.inputs).compactMap { rest.removeValue(forKey: $0.name) }
    }

    /// A value that is given anew at each run.
    public mutating func input(_ name: String, shape: [Int?]) -> Value {
        let value = Value(name: name)
        inputs.append(Port(value: value, shape: shape))
        return value
    }

    /// The name that a run feeds the first input by; empty before there is one.
    public var inputName: String { inputs.first?.value.name ?? "" }
    /// The name that a run asks for the first output by; empty before there is one.
    public var outputName: String { outputs.first?.value.name ?? "" }

    /// How many numbers the first output has for each photo; `nil` where that differs from run to run.
    public var outputWidth: Int? {
        let lengths = outputs.first?.shape.dropFirst().compactMap(\.self) ?? []
        return lengths.count == (outputs.first?.shape.count ?? 0) - 1 ? lengths.reduce(1, *) : nil
    }

    /// Appends an operation of ONNX's default operator set, version 17.
    public mutating func apply(_ type: String, _ inputs: Value..., attributes: [(String, Attribute)] = []) -> Value {
        apply(type, inputs, attributes: attributes)
    }

    /// Appends an operation that takes as many values as it is given.
    public mutating func apply(_ type: String, _ inputs: [Value], attributes: [(String, Attribute)] = []) -> Value {
        apply(type, inputs, outputs: 1, attributes: attributes)[0]
    }

    /// Appends an operation that gives several values.
    package mutating func apply(
        _ type: String, _ inputs: [Value], outputs count: Int, attributes: [(String, Attribute)] = []
    ) -> [Value] {
        let name = "\(type).\(operations.count)"
        let outputs = (0..<count).map { Value(name: $0 == 0 ? name : "\(name).\($0)") }
        operations.append(
            Operation(
                type: type, inputs: inputs, outputs: outputs, attributes: attributes.map { (name: $0, value: $1) }))
        return outputs
    }

    /// A number that never changes.
    public mutating func constant(_ number: Float) -> Value {
        apply("Constant", attributes: [("value_float", .float(number))])
    }

    /// Numbers that never change.
    package mutating func constant(_ numbers: [Float]) -> Value {
        apply("Constant", attributes: [("value_floats", .floats(numbers))])
    }

    /// Axes, lengths or places, which operations take as integers of 64 bits.
    package mutating func integers(_ numbers: [Int]) -> Value {
        apply("Constant", attributes: [("value_ints", .ints(numbers))])
    }

    /// Names a value that a run gives back.
    public mutating func output(_ value: Value, as name: String, shape: [Int?]) {
        let output = Value(name: name)
        operations.append(Operation(type: "Identity", inputs: [value], outputs: [output], attributes: []))
        outputs.append(Port(value: output, shape: shape))
    }

    /// A tensor of the weight file; throws where it is missing, of another shape or not of 32-bit floats.
    public mutating func weight(_ name: String, shape: [Int]) throws(WeightFileError) -> Value {
        let tensor = try weightFile?.tensor(name, .float32, shape: shape) ?? .outline(name, shape: shape)
        if !weights.contains(where: { $0.name == name }) { weights.append(tensor) }
        return Value(name: name)
    }
}
