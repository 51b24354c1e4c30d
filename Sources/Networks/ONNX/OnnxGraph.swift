/// A checked `GraphProto`, with the subgraphs of its operations checked too.
struct OnnxGraph {
    /// More than any network has; each takes more memory here than it takes in the file.
    private static let countLimit = 100_000

    private(set) var inputs: [OnnxModel.Port] = []
    private(set) var outputs: [OnnxModel.Port] = []
    private(set) var initializers: [OnnxModel.Initializer] = []

    init(_ message: ProtobufReader) throws(WeightFileError) {
        var message = message
        while let (field, value) = try message.next() {
            switch field {
            case 1: _ = try OnnxNode(message.message(value))
            case 5: initializers.append(try OnnxTensor(message.message(value)).initializer)
            case 11: inputs.append(try OnnxModel.Port(message.message(value)))
            case 12: outputs.append(try OnnxModel.Port(message.message(value)))
            case 15: throw .unsound("it has sparse tensors, which are not read. Save them as dense ones")
            default: break
            }
            guard inputs.count + outputs.count + initializers.count <= Self.countLimit else {
                throw .unsound("it has more than \(Self.countLimit) inputs, outputs and initialisers")
            }
        }
        try Self.checkNames(inputs.map(\.name), "inputs")
        try Self.checkNames(outputs.map(\.name), "outputs")
        try Self.checkNames(initializers.map(\.name), "initialisers")
    }

    private static func checkNames(_ names: [String], _ kind: String) throws(WeightFileError) {
        var seen: Set<String> = []
        for name in names where !seen.insert(name).inserted { throw .unsound("it has two \(kind) called “\(name)”") }
    }
}

/// A checked `NodeProto`: which operation it is, and in its attributes tensors and graphs.
struct OnnxNode {
    private(set) var type = ""
    private(set) var domain = ""

    init(_ message: ProtobufReader) throws(WeightFileError) {
        var message = message
        while let (field, value) = try message.next() {
            switch field {
            case 4: type = try message.text(value)
            case 5: try Self.checkAttribute(message.message(value))
            case 7: domain = try message.text(value)
            default: break
            }
        }
    }

    private static func checkAttribute(_ message: ProtobufReader) throws(WeightFileError) {
        var message = message
        while let (field, value) = try message.next() {
            switch field {
            case 5, 10: _ = try OnnxTensor(message.message(value))
            case 6, 11: _ = try OnnxGraph(message.message(value))
            case 14, 15: _ = try OnnxModel.Port.Value(message.message(value))
            case 22, 23: throw .unsound("it has sparse tensors, which are not read. Save them as dense ones")
            default: break
            }
        }
    }
}
