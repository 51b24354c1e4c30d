import Downloads
import Hashing
import Imaging
import Networks
import Testing

@testable import Embedders

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

    @Test func namesAFileByItsDigestWherePublishersDo() {
        for model in ModelRegistry.models {
            guard case .neural(let network, let input, .published(let weights)) = model.kind else { continue }
            if weights.names == nil { #expect(weights.file.hasSuffix("-\(weights.digest.prefix(8)).pth")) }
            #expect(weights.expected.sizes.contains(weights.size))
            #expect(input.side == network.inputSide)
        }
    }

    /// torchvision tells sizes in thousandths of a mebibyte: 46,830,571 bytes are 44.661 of them.
    @Test func allowsForSizesThatPublishersRound() throws {
        let weights = try #require(try ModelRegistry.model(named: "resnet18").weights)
        #expect(weights.expected.sizes.contains(46_830_571))
        #expect(weights.expected.sizes.count < 1100)
    }

    @Test(arguments: ["mobilenet-v2-deepsort", "vgg16-oxford"])
    func offersOnlyWhatWeightsWithoutAClassifierAllow(name: String) throws {
        #expect(try ModelRegistry.model(named: name).features == [.pooled, .views])
        #expect(throws: EmbedderError.noFeatures(.logits, model: name)) {
            try ModelChoice(name, features: .logits)
        }
    }

    /// What was not run here has no figure.
    @Test func hasAFigureForEachModelWhoseWeightsAPackageCarries() {
        for model in ModelRegistry.models {
            if case .url = model.weights?.source {
                #expect(model.quality == nil)
            } else {
                #expect(model.quality.map { $0 > 0.1 && $0 < 1 } == true, "\(model.id)")
            }
        }
    }
}
