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
