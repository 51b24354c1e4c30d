import Hashing
import Imaging
import Inference
import Networks
import Testing

@testable import Embedders

@Suite struct ModelChoiceTests {
    @Test func isTheStandardModelAsItsPublisherEvaluatesItUnlessAskedFor() throws {
        let choice = try ModelChoice()
        #expect(choice.model.id == ModelRegistry.standard)
        #expect(choice.features == .views && choice.dimension == choice.views?.dimension)
        #expect(choice.input.framing == .centreCrop && choice.input.side == 224)
    }

    /// A little more than the 1,280 numbers of the network’s last layer alone.
    @Test func describesPhotosByFiveViewsUnlessAskedOtherwise() throws {
        let views = try #require(ModelChoice().views)
        #expect(views.parts.map(\.view) == [.look, .texture, .pattern, .type, .colours])
        #expect(views.parts.map(\.dimension) == [320, 224, 128, 10, 768])
        #expect(try ModelChoice().inputs.map(\.side) == [224, 64])
        #expect(try ModelChoice(features: .pooled).views == nil && ModelChoice(features: .pooled).inputs.count == 1)
    }

    @Test func hasTwoViewsOfANetworkThatGivesOneLayer() throws {
        #expect(try ModelChoice("resnet18").features == .pooled)
        #expect(try ModelChoice("resnet18", features: .views).views?.parts.map(\.view) == [.look, .colours])
        #expect(try ModelChoice("colour-layout").views == nil)
    }

    @Test func changesOnlyTheFraming() throws {
        let (own, other) = (try ModelChoice().input, try ModelChoice(framing: .squash).input)
        #expect(other == own.framed(by: .squash))
    }

    @Test(arguments: [(Features.pooled, 1280), (.logits, 1000)])
    func hasTheDimensionOfItsFeatures(features: Features, dimension: Int) throws {
        #expect(try ModelChoice("efficientnet-lite2", features: features).dimension == dimension)
    }

    @Test func isIdentifiedByAllThatDecidesItsNumbers() throws {
        var identities = [try ModelChoice("colour-layout").identity]
        for model in ["efficientnet-lite0", "efficientnet-lite1", "efficientnet-lite2"] {
            for features in [Features.views, .pooled, .logits] {
                for framing in Framing.allCases {
                    identities.append(try ModelChoice(model, features: features, framing: framing).identity)
                }
            }
        }
        #expect(Set(identities).count == 28)
    }

    @Test func isAModelOfItsOwnInAPrecisionThatMovesNeighbours() throws {
        let short = try ModelChoice(settings: SessionSettings(precision: .bfloat16))
        #expect(try short.identity == ModelChoice().identity + " bfloat16")
        #expect(try ModelChoice().settings.precision == .float32)
    }

    /// Engines round differently, and each file of integers is another model.
    @Test func isAModelOfItsOwnForEachFileOfIntegersAndEachEngine() throws {
        let choice = try ModelChoice(settings: SessionSettings(precision: .int8))
        var identities = [try ModelChoice().identity, choice.identity]
        for file in [[1], [2]] as [[UInt8]] {
            for engine in [EngineName.onnxruntime, .openvino] {
                identities.append(choice.quantized(SHA256Digest(of: file), computedBy: engine).identity)
            }
        }
        #expect(Set(identities).count == 6)
        #expect(identities.dropFirst().allSatisfy { $0.hasPrefix(identities[0] + " int8 ") })
    }

    @Test func isIdentifiedByNothingElse() throws {
        let identity = try ModelChoice().identity
        for engine in EngineName.allCases {
            let settings = SessionSettings(device: .cpu, precision: .float32, threads: 3)
            #expect(try ModelChoice(engine: engine, settings: settings).identity == identity)
        }
        #expect(try ModelChoice("EfficientNet_Lite0", features: .views, framing: .centreCrop).identity == identity)
        #expect(identity.hasPrefix("efficientnet-lite0 57934424 views centre-crop 224 r"))
    }

    @Test func refusesAModelThatIsNotThere() {
        #expect(throws: EmbedderError.self) { try ModelChoice("resnet51") }
    }
}
