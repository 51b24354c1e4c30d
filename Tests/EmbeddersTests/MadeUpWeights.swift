import Archives
import SystemPackage
import TestSupport

@testable import Networks

/// What Scripts/make-network-goldens.py wrote down of a network.
struct NetworkGolden: Decodable {
    struct Pattern: Decodable {
        let seed: Int
        let features: [String: String]
    }

    let gain: Float
    let tensors: [String: String]
    let patterns: [Pattern]

    static func of(_ model: String) throws -> NetworkGolden {
        let folder = projectFolder.appending("Tests/NetworksTests/Goldens/networks")
        return try golden(NetworkGolden.self, at: folder.appending("\(model).json"))
    }

    /// A graph with the weights that it takes, of the same formula as the script's.
    func graph(of features: Features, in network: any Network) throws -> Graph {
        let taken = try hollowGraph(of: features, in: network).weights
        let weights = try WeightFile(taken.map { .madeUp($0.name, shape: $0.shape, gain: gain) })
        return try network.graph(of: features, weights: weights)
    }

    /// What the pooled features' tensors are called.
    func names(in network: any Network) throws -> [String] {
        try hollowGraph(of: .pooled, in: network).weights.map(\.name)
    }

    private func hollowGraph(of features: Features, in network: any Network) throws -> Graph {
        let shapes = tensors.mapValues { $0.split(separator: " ").compactMap { Int($0) } }
        return try network.graph(of: features, weights: WeightFile(shapes.map { .outline($0, shape: $1) }))
    }
}

extension WeightFile.Tensor {
    /// A tensor that keeps numbers about as large from layer to layer.
    static func madeUp(_ name: String, shape: [Int], gain: Float) -> WeightFile.Tensor {
        let count = shape.reduce(1, *)
        let numbers = noise(seed: name, count: min(count, period)).map { scaled($0, name, shape, gain) }
        let bytes = numbers.withUnsafeBytes { repeated($0, count: count * MemoryLayout<Float>.size) }
        return WeightFile.Tensor(name, .float32, shape: shape, bytes)
    }

    /// A prime, so that the rows of a matrix all begin elsewhere in the numbers that repeat.
    private static let period = 8191

    private static func scaled(_ number: Float, _ name: String, _ shape: [Int], _ gain: Float) -> Float {
        if shape.count > 1 { return number * Float((6 / Double(shape.dropFirst().reduce(1, *))).squareRoot()) }
        if name.hasSuffix(".running_var") { return 1 + number / 2 }
        return name.hasSuffix(".weight") ? gain * (1 + number / 4) : number / 8
    }

    /// From -1 up to 1: FNV-1a makes a number of the name, and MurmurHash3's finalizer mixes those that follow it.
    private static func noise(seed name: String, count: Int) -> [Float] {
        let seed = name.utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        return (0..<UInt32(count)).map { index in
            var mixed = index &+ seed
            mixed = (mixed ^ mixed >> 16) &* 0x85EB_CA6B
            mixed = (mixed ^ mixed >> 13) &* 0xC2B2_AE35
            return Float((mixed ^ mixed >> 16) >> 8) / 8_388_608 - 1
        }
    }

    private static func repeated(_ period: UnsafeRawBufferPointer, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { bytes, initialized in
            let target = UnsafeMutableRawBufferPointer(bytes)
            for start in stride(from: 0, to: count, by: period.count) {
                let end = min(start + period.count, count)
                target[start..<end].copyBytes(from: period[..<(end - start)])
            }
            initialized = count
        }
    }
}
