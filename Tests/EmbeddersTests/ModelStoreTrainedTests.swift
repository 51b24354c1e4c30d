import Foundation
import Hashing
import Imaging
import Inference
import Networks
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Embedders

@Suite struct ModelStoreTrainedTests {
    private let folder = TemporaryFolder()
    private var store: ModelStore { ModelStore(folder: folder.path.appending("models")) }
    private let noLibraries = InferenceLibraries([.onnxruntime: ["/nowhere"]])

    private static let dimension = ColourLayoutEmbedder.dimension

    private func card(_ change: (inout TrainedModel.Card) -> Void = { _ in }) -> TrainedModel.Card {
        var card = TrainedModel.Card(
            origin: .embeddings(
                TrainingOrigin.Embeddings(
                    base: "colour-layout", space: "colour-layout r1", features: .pooled, framing: nil, cutOut: .never)),
            photos: 7, identities: 3,
            validation: TrainedModel.Validation(queries: 2, before: 0.5, after: 1, difference: Estimate([0, 1])))
        change(&card)
        return card
    }

    /// The first number counts, and the others hardly.
    private func adapter(_ weight: Float = 0.01, residual: Bool = false) -> VectorAdapter {
        let (few, dimension) = (2, Self.dimension)
        let numbers = (0..<few * dimension).map { Float($0 % 7) / 70 }
        return VectorAdapter(
            scale: [1] + [Float](repeating: weight, count: dimension - 1), whitening: nil,
            residual: residual
                ? VectorAdapter.Residual(
                    innerWeights: numbers, innerBias: [0.1, -0.2], outerWeights: numbers,
                    outerBias: [Float](repeating: 0.5, count: dimension)) : nil)
    }

    @Test(arguments: [false, true])
    func keepsWhatWasLearnt(residual: Bool) throws {
        try store.install(adapter(residual: residual), as: "mine", card: card())
        let trained = try store.trained("mine")
        #expect(trained.adapter == adapter(residual: residual) && trained.card == card() && trained.name == "mine")
        #expect(trained.card.origin.recipe == .adapter && trained.card.origin.base == "colour-layout")
        #expect(store.isTrained("mine") && store.trainedModels.map(\.name) == ["mine"])
    }

    @Test func keepsAWhitening() throws {
        let small = VectorAdapter(scale: [1, 2], whitening: [1, 0, 3, 4], residual: nil)
        #expect(try store.install(small, as: "small", card: card()).adapter == small)
    }

    /// Embeddings are what was learnt of the other model's, and no embeddings of that.
    @Test func isAModelAsAnyOther() throws {
        try store.install(adapter(), as: "mine", card: card())
        let (choice, base) = (try store.choice("mine"), try store.choice("colour-layout"))
        #expect(choice.identity.hasPrefix("mine ") && choice.identity.hasSuffix(" of \(base.identity)"))
        #expect(choice.untrained?.identity == base.identity && choice.dimension == base.dimension)
        let photo = PixelImage.pattern(128, seed: 2)
        let plain = try store.embedder(for: base, libraries: noLibraries).embed([photo])[0]
        let found = try store.embedder(for: choice, libraries: noLibraries).embed([photo])[0]
        #expect(found == adapter().applied(to: [plain])[0] && found != plain)
    }

    @Test func takesThePlaceOfAnOlderOne() throws {
        try store.install(adapter(), as: "mine", card: card())
        let before = try store.choice("mine").identity
        try store.install(adapter(0.5), as: "mine", card: card { $0.photos = 9 })
        #expect(try store.choice("mine").identity != before && store.trained("mine").card.photos == 9)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: store.folder.appending("trained").string).count == 2)
        try store.removeTrained("mine")
        #expect(!store.isTrained("mine"))
        #expect(throws: EmbedderError.self) { try store.removeTrained("mine") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder.appending("trained").string).isEmpty)
    }

    @Test(arguments: [
        "", ".", "..", "../mine", "a/b", "my model", "-x", "mine.onnx", "prêt", String(repeating: "a", count: 61),
    ])
    func refusesWhatIsNoName(name: String) {
        #expect(throws: EmbedderError.badName(name)) { try store.install(adapter(), as: name, card: card()) }
        #expect(!store.isTrained(name))
    }

    @Test(arguments: ["resnet18", "colour-layout", "u2netp", "ResNet18"])
    func refusesOthersNames(name: String) {
        #expect(throws: EmbedderError.nameTaken(name)) { try store.install(adapter(), as: name, card: card()) }
    }

    @Test func looksAtPhotosAsItDidInTraining() throws {
        try store.install(adapter(), as: "mine", card: card())
        #expect(throws: EmbedderError.fixedByTraining("mine")) { try store.choice("mine", features: .pooled) }
        #expect(throws: EmbedderError.fixedByTraining("mine")) { try store.choice("mine", framing: .squash) }
        try store.install(
            VectorAdapter(scale: [1, 1], whitening: nil, residual: nil), as: "older", card: card())
        #expect(throws: EmbedderError.trainedOnAnother("older", "colour-layout")) { try store.choice("older") }
    }

    /// Files that anybody wrote.
    @Test(arguments: ["", "{}", "[1]", #"{"weights":"../../secret","card":3}"#, #"{"weights":"mine-0.safetensors"}"#])
    func saysWhatIsWrongWithACard(text: String) throws {
        try store.install(adapter(), as: "mine", card: card())
        try folder.write(Array(text.utf8), to: "models/trained/mine.json")
        #expect(throws: EmbedderError.self) { try store.choice("mine") }
        #expect(store.trainedModels.isEmpty)
    }

    @Test func doesNotBelieveDamagedNumbers() throws {
        let trained = try store.install(adapter(), as: "mine", card: card())
        let path = "models/trained/mine-\(trained.digest.description.prefix(16)).safetensors"
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path.pushing(FilePath(path)).string)))
        bytes[bytes.count - 3] ^= 1
        try folder.write(bytes, to: path)
        let error = #expect(throws: EmbedderError.self) { try store.choice("mine") }
        #expect(error?.description.contains("Train mine again") == true)
        try folder.write([], to: path)
        #expect(throws: EmbedderError.self) { try store.choice("mine") }
    }

    // MARK: Networks

    private static let painter = UNet(inputSide: 16, width: 2, levels: 2, hasBridges: false)

    private func networkCard(_ origin: TrainingOrigin = .painter(painter, framing: .squash)) -> TrainedModel.Card {
        card { $0.origin = origin }
    }

    /// All of a network's weights, made of their names.
    private func weights(of network: any Network) throws -> WeightFile {
        let tensors = try network.outline(of: .pooled).weights.map {
            WeightFile.Tensor.madeUp($0.name, shape: $0.shape, gain: 1)
        }
        return WeightFile(byName: Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) }))
    }

    @Test(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
    func describesPhotosByANetworkOfItsOwn() throws {
        let trained = try store.install(weights(of: Self.painter), as: "mine", card: networkCard())
        #expect(trained.adapter == nil && trained.card.origin.recipe == .autoencoder && trained.card.origin.base == nil)
        let choice = try store.choice("mine")
        #expect(choice.dimension == 4 && choice.input.side == 16 && choice.input.framing == .squash)
        #expect(choice.name == "mine" && choice.trained == nil && choice.identity.hasPrefix("mine "))
        let embedder = try store.embedder(for: choice, libraries: InstalledModels.libraries)
        let embeddings = try embedder.embed([PixelImage.pattern(16, seed: 1), PixelImage.pattern(16, seed: 2)])
        #expect(embeddings[0] != embeddings[1] && embeddings[0].values.count == 4)
        #expect(try store.choice("mine", framing: .letterbox).input.framing == .letterbox)
        #expect(throws: EmbedderError.self) { try store.choice("mine", features: .logits) }
    }

    /// Of a classifier that it has forgotten there is nothing.
    @Test func isAnotherModelWithOtherWeights() throws {
        let card = networkCard(.network(of: "resnet18", framing: .letterbox))
        try store.install(weights(of: ResNet.resnet18), as: "mine", card: card)
        let choice = try store.choice("mine")
        #expect(choice.dimension == 512 && choice.input.framing == .letterbox && choice.seesPlaces)
        #expect(choice.model.features == [.pooled, .views] && store.isInstalled(choice.model))
        #expect(choice.model.weights == nil)
        #expect(try choice.identity != ModelChoice("resnet18").identity)
        try store.removeTrained("mine")
        #expect(!store.isInstalled(choice.model))
    }

    @Test(arguments: [
        TrainingOrigin.network(of: "no-model", framing: nil), .network(of: "colour-layout", framing: nil),
    ])
    func saysWhatNoNetworkCanHaveBegunWith(origin: TrainingOrigin) throws {
        #expect(throws: EmbedderError.self) {
            try store.install(weights(of: Self.painter), as: "mine", card: networkCard(origin))
        }
    }

    /// Numbers of anything are no network's.
    @Test func saysThatNumbersAreNotTheNetworks() throws {
        try store.install(adapter().tensors, as: "mine", card: networkCard())
        let choice = try store.choice("mine")
        #expect(throws: EmbedderError.self) { try store.embedder(for: choice, libraries: noLibraries) }
    }

    @Test func doesNotBelieveDamagedWeights() throws {
        try store.install(weights(of: Self.painter), as: "mine", card: networkCard())
        let choice = try store.choice("mine")
        let path = try #require(store.path(of: choice.model))
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path.string)))
        bytes[bytes.count - 3] ^= 1
        try Data(bytes).write(to: URL(fileURLWithPath: path.string))
        let error = #expect(throws: EmbedderError.self) { try store.embedder(for: choice, libraries: noLibraries) }
        #expect(error?.description.contains("Train mine again") == true)
        try FileManager.default.removeItem(atPath: path.string)
        let gone = #expect(throws: EmbedderError.self) { try store.check(choice.model) }
        #expect(gone?.description.contains("Train mine again") == true)
    }

    /// Whoever wrote that: it would lead round and round.
    @Test func isNotLearntOfItself() throws {
        let origin = TrainingOrigin.embeddings(
            TrainingOrigin.Embeddings(
                base: "mine", space: "colour-layout r1", features: .pooled, framing: nil, cutOut: .never))
        #expect(throws: EmbedderError.trainedOnItself("mine")) {
            try store.install(adapter(), as: "mine", card: card { $0.origin = origin })
        }
        try store.install(adapter(), as: "mine", card: card())
        try store.install(adapter(), as: "more", card: card { $0.origin = origin })
        #expect(throws: EmbedderError.trainedOnItself("mine")) { try store.choice("more") }
    }
}
