/// A network as operations on named values, written out as an ONNX model.
///
/// Weights are named and not contained: an engine is lent them from a `WeightFile`.
public struct Graph: Sendable {
    /// What flows between operations, known by its name.
    public struct Value: Sendable, Hashable {
        let name: String
    }

    /// A fixed property of an operation (ONNX `AttributeProto`).
    public enum Attribute: Sendable, Hashable {
        case int(Int)
        case ints([Int])
        case float(Float)
        case string(String)
    }

    struct Operation: Sendable {
        let type: String
        let inputs: [Value]
        let output: Value
        let attributes: [(name: String, value: Attribute)]
    }

    struct Port: Sendable {
        let value: Value
        /// `nil` for a dimension that differs from run to run.
        let shape: [Int?]
    }

    /// The tensors that the graph takes from a weight file, in the order in which it first mentions them.
    public private(set) var weights: [WeightFile.Tensor] = []
    private(set) var operations: [Operation] = []
    private(set) var inputs: [Port] = []
    private(set) var outputs: [Port] = []
    private let weightFile: WeightFile

    /// Begins without operations; a tensor is looked up when a layer asks for it.
    public init(weights: WeightFile) {
        weightFile = weights
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

    /// Appends an operation of ONNX's default operator set, version 17.
    public mutating func apply(_ type: String, _ inputs: Value..., attributes: [(String, Attribute)] = []) -> Value {
        apply(type, inputs, attributes: attributes)
    }

    /// Appends an operation that takes as many values as it is given.
    public mutating func apply(_ type: String, _ inputs: [Value], attributes: [(String, Attribute)] = []) -> Value {
        let output = Value(name: "\(type).\(operations.count)")
        operations.append(
            Operation(type: type, inputs: inputs, output: output, attributes: attributes.map { (name: $0, value: $1) }))
        return output
    }

    /// A number that never changes.
    public mutating func constant(_ number: Float) -> Value {
        apply("Constant", attributes: [("value_float", .float(number))])
    }

    /// Names a value that a run gives back.
    public mutating func output(_ value: Value, as name: String, shape: [Int?]) {
        let output = Value(name: name)
        operations.append(Operation(type: "Identity", inputs: [value], output: output, attributes: []))
        outputs.append(Port(value: output, shape: shape))
    }

    /// A tensor of the weight file; throws where it is missing, of another shape or not of 32-bit floats.
    public mutating func weight(_ name: String, shape: [Int]) throws(WeightFileError) -> Value {
        let tensor = try weightFile.tensor(name)
        guard tensor.shape == shape else { throw .wrongShape(name, found: tensor.shape, expected: shape) }
        guard tensor.type == .float32 else { throw .wrongType(name, found: tensor.type) }
        if !weights.contains(where: { $0.name == name }) { weights.append(tensor) }
        return Value(name: name)
    }
}
