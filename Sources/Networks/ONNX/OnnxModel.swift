import Archives
public import SystemPackage

/// An ONNX model that somebody else made, as far as a program must know it before it hands it to an engine.
///
/// Everything is checked that an engine would believe: lengths, shapes, and that each tensor has the numbers that its
/// shape says. What the operations compute, and how much memory that takes, is known to nobody before they are run.
public struct OnnxModel: Sendable {
    /// A value that a run is given or gives back.
    public struct Port: Sendable, Hashable {
        /// What a run feeds or asks for it by.
        public let name: String
        /// `nil` for what is no tensor: a sequence, a map, an optional value.
        public let type: OnnxType?
        /// `nil` where the model leaves open even how many axes there are.
        public let shape: [Dimension]?
    }

    /// The length of one of a port's axes.
    public enum Dimension: Sendable, Hashable {
        case fixed(Int)
        /// Differs from run to run; the same everywhere under the same name, such as “batch”.
        case symbolic(String)
        case unknown
    }

    /// A tensor that is part of the model.
    public struct Initializer: Sendable, Hashable {
        /// Unique in its graph.
        public let name: String
        /// Engines take more types than a `WeightFile` does.
        public let type: OnnxType
        /// Empty for a single number.
        public let shape: [Int]
        let values: OnnxTensor.Values
    }

    /// The program that wrote the model and its version, such as “pytorch 2.13.0”; empty where the model does not say.
    public let producer: String
    /// The version of the operators that the model uses, by their domain; ONNX's own has the empty name.
    public let operatorSets: [String: Int]
    /// Without those that an initialiser fills already.
    public let inputs: [Port]
    /// In the model's order, which is an engine's.
    public let outputs: [Port]
    /// Of the outermost graph; those in subgraphs are checked and not listed.
    public let initializers: [Initializer]
    let block: MemoryBlock

    /// Maps and checks a model; throws where it keeps numbers in other files, which are never opened.
    public init(at path: FilePath) throws(WeightFileError) {
        self = try WeightFile.mapping(path) { (block) throws(WeightFileError) in try OnnxModel(block) }
    }

    init(_ block: MemoryBlock) throws(WeightFileError) {
        var graph: OnnxGraph?
        var producer = (name: "", version: "")
        var operatorSets: [String: Int] = [:]
        var functions = OnnxFunctions()
        var message = ProtobufReader(block.bytes)
        while let (field, value) = try message.next() {
            switch field {
            case 2: producer.name = try message.text(value)
            case 3: producer.version = try message.text(value)
            case 7 where graph != nil: throw .unsound("it has two graphs")
            case 7: graph = try OnnxGraph(message.message(value))
            case 8: try operatorSets.note(message.message(value))
            case 25: try functions.add(OnnxFunction(message.message(value)))
            default: break
            }
        }
        guard let graph, !graph.outputs.isEmpty else { throw .unsound("it is no ONNX model, or one without a graph") }
        guard !operatorSets.isEmpty else { throw .unsound("it does not say which operators it uses, or is cut off") }
        try functions.checkExpansion()

        let filled = Set(graph.initializers.map(\.name))
        inputs = graph.inputs.filter { !filled.contains($0.name) }
        outputs = graph.outputs
        initializers = graph.initializers
        self.producer = [producer.name, producer.version].filter { !$0.isEmpty }.joined(separator: " ")
        self.operatorSets = operatorSets
        self.block = block
    }
}

extension [String: Int] {
    /// What ONNX's own domain may be called as well.
    private static let longName = "ai.onnx"

    /// From an `OperatorSetIdProto`.
    fileprivate mutating func note(_ message: ProtobufReader) throws(WeightFileError) {
        var (message, domain, version) = (message, "", 0)
        while let (field, value) = try message.next() {
            switch field {
            case 1: domain = try message.text(value)
            case 2: version = try message.integer(value)
            default: break
            }
        }
        self[domain == Self.longName ? "" : domain] = version
    }
}
