import Embedders
import Hashing
import Imaging
import Networks
import Testing

@Suite struct ModelRegistryTests {
    @Test(arguments: ["efficientnet-lite0", "EfficientNet-Lite0", "efficientnet_lite0", "EFFICIENTNET_LITE0"])
    func forgivesCapitalsAndUnderscores(name: String) throws {
        #expect(try ModelRegistry.model(named: name).id == "efficientnet-lite0")
    }

    @Test(arguments: ["", "resnet51", "efficientnet-lite", "efficientnet lite0", "efficientnet-lite0 "])
    func namesTheModelsThereAre(name: String) {
        let error = #expect(throws: EmbedderError.self) { try ModelRegistry.model(named: name) }
        #expect(error == .unknownModel(name, known: ModelRegistry.models.map(\.id)))
        #expect(ModelRegistry.models.allSatisfy { error?.description.contains($0.id) == true })
    }

    @Test func hasEachModelOnce() throws {
        #expect(Set(ModelRegistry.models.map(\.id)).count == ModelRegistry.models.count)
        for model in ModelRegistry.models {
            #expect(try ModelRegistry.model(named: model.id).id == model.id)
            #expect(!model.summary.isEmpty)
        }
        #expect(try ModelRegistry.model(named: ModelRegistry.standard).id == ModelRegistry.standard)
    }

    @Test func namesAFileByItsDigest() {
        for model in ModelRegistry.models {
            guard case .neural(let network, let input, let weights) = model.kind else { continue }
            #expect(weights.file.hasSuffix("-\(weights.digest.prefix(8)).pth"))
            #expect(input.side == network.inputSide)
        }
    }
}
