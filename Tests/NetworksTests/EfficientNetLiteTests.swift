import SystemPackage
import TestSupport
import Testing

@testable import Networks

@Suite struct EfficientNetLiteTests {
    static let networks: [(EfficientNetLite, String, Int)] = [
        (.lite0, "efficientnet-lite0-57934424", 224), (.lite1, "efficientnet-lite1-77cc7160", 240),
        (.lite2, "efficientnet-lite2-9656183e", 260),
    ]
    static let installed = networks.filter { InstalledModels.hasWeightFile($0.1) }

    @Test(arguments: networks)
    func knowsItsInputAndFeatures(network: EfficientNetLite, file: String, side: Int) {
        #expect(network.inputSide == side)
        #expect(
            network.dimensions == [
                .views: network.layers?.count, .places: 1280 * (network.layers?.look.places ?? 0), .pooled: 1280,
                .logits: 1000,
            ])
    }

    /// `num_batches_tracked` only matters while a network is trained.
    @Test(arguments: installed)
    func takesEveryTensorOfItsWeights(network: EfficientNetLite, file: String, side: Int) throws {
        let weights = try WeightFile(safetensors: InstalledModels.weightFile(file))
        let used = weights.tensors.keys.filter { !$0.hasSuffix("num_batches_tracked") }
        let taken = try network.graph(of: .logits, weights: weights).weights.map(\.name)
        #expect(taken.sorted() == used.sorted())
        let pooled = try network.graph(of: .pooled, weights: weights).weights.map(\.name)
        #expect(Set(used).subtracting(pooled) == ["_fc.weight", "_fc.bias"])
    }

    @Test(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
    func refusesTheWeightsOfAnother() throws {
        let weights = try WeightFile(safetensors: InstalledModels.weightFile(Self.networks[0].1))
        #expect(throws: WeightFileError.self) { try EfficientNetLite.lite2.graph(of: .pooled, weights: weights) }
        #expect(throws: WeightFileError.self) { try EfficientNetLite.lite1.graph(of: .pooled, weights: weights) }
        #expect(throws: WeightFileError.missingTensor("_conv_stem.weight")) {
            try EfficientNetLite.lite0.graph(of: .pooled, weights: WeightFile([]))
        }
    }

    @Test(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
    func takesAndGivesBatchesOfAnySize() throws {
        let weights = try WeightFile(safetensors: InstalledModels.weightFile(Self.networks[0].1))
        let graph = try EfficientNetLite.lite0.graph(of: .logits, weights: weights)
        #expect(graph.inputs.map(\.shape) == [[nil, 3, 224, 224]])
        #expect(graph.outputs.map(\.shape) == [[nil, 1000]])
    }
}
