import Inference
import TestSupport

@testable import Networks

extension OnnxRuntime {
    /// The library that set-up installed.
    static func installed() throws -> OnnxRuntime { try OnnxRuntime(searching: InstalledModels.libraries) }
}

extension WeightFile {
    /// Tensors of 32-bit floats, without a file.
    static func floats(_ tensors: [(name: String, shape: [Int], values: [Float])]) throws -> WeightFile {
        try WeightFile(
            tensors.map { name, shape, values in
                let bytes = values.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
                return Tensor(
                    name: name, type: .float32, shape: shape, block: MemoryBlock(bytes), range: 0..<bytes.count)
            })
    }
}

/// Two rows of weights for three numbers, and a bias: `y = Wx + b`, cut off below 0 and above 6 if so wished.
struct TinyNetwork: Network {
    var isClipped = false
    let inputSide = 1

    static func weights() throws -> WeightFile {
        try .floats([("fc.weight", [2, 3], [1, 2, 3, -1, 0, 0.5]), ("fc.bias", [2], [10, -20])])
    }

    func dimension(of features: Features) -> Int { 2 }

    func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
    {
        let flat = graph.apply("Flatten", photos, attributes: [("axis", .int(1))])
        let product = try graph.dense(flat, "fc", from: 3, to: 2)
        return isClipped ? graph.relu6(product) : product
    }
}
