import TestSupport

@testable import Inference
@testable import Networks

/// Both engines, as set-up installed them; each must do what the other does.
let engines: [EngineName] = InstalledModels.hasOpenVino ? [.onnxruntime, .openvino] : [.onnxruntime]

extension EngineName {
    func opened(_ settings: SessionSettings = .exact) throws -> any InferenceEngine {
        try InstalledModels.libraries.engine(self, for: settings)
    }

    func session(of graph: Graph, _ settings: SessionSettings = .exact) throws -> any InferenceSession {
        try opened(settings).session(of: graph, settings: settings)
    }
}

extension SessionSettings {
    static let exact = SessionSettings(device: .cpu, precision: .float32)
}

extension CudaDevice {
    /// A card that no machine has.
    static let imaginary = CudaDevice(
        name: "Imaginary 9000", memory: 16 << 30, driver: CudaVersion(major: 13, minor: 0),
        capability: CudaVersion(major: 8, minor: 6))
}

extension WeightFile {
    /// Tensors of 32-bit floats, without a file.
    static func floats(_ tensors: [(name: String, shape: [Int], values: [Float])]) throws -> WeightFile {
        try WeightFile(floats: tensors)
    }
}

/// Two rows of weights for three numbers, and a bias: `y = Wx + b`, cut off below 0 and above 6 if so wished.
struct TinyNetwork: Network {
    var isClipped = false
    let inputSide = 1

    static func weights() throws -> WeightFile {
        try .floats([("fc.weight", [2, 3], [1, 2, 3, -1, 0, 0.5]), ("fc.bias", [2], [10, -20])])
    }

    let dimensions: [Features: Int] = [.pooled: 2]

    func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
    {
        let flat = graph.flattened(FeatureMap(photos, channels: 3), places: 1)
        let product = try graph.dense(flat, "fc", to: 2)
        return isClipped ? graph.relu6(product).value : product.value
    }
}

extension Graph {
    /// The sum of 64 numbers, a third of each.
    static func thirds() throws -> Graph {
        var graph = Graph(
            weights: try .floats([("fc.weight", [1, 64], .init(repeating: 1 / 3, count: 64)), ("fc.bias", [1], [0])]))
        let numbers = graph.input("x", shape: [nil, 64])
        let sum = try graph.dense(FeatureMap(numbers, channels: 64), "fc", to: 1)
        graph.output(sum.value, as: "y", shape: [nil, 1])
        return graph
    }
}

func run(_ values: [Float], shape: [Int], on session: any InferenceSession) throws -> [Float] {
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: values.count)
    defer { buffer.deallocate() }
    _ = buffer.initialize(from: values)
    return try session.run(buffer, shape: shape)
}
