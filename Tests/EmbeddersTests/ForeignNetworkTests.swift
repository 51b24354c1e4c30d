import Imaging
import Inference
import Networks
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Embedders

/// Small encoders as others might bring them, against ONNX's reference implementation (Scripts/make-encoders.py).
@Suite struct ForeignNetworkTests {
    private static let encoders = goldens.appending("encoders")
    private static let expected = try? golden([String: [Float]].self, at: encoders.appending("expected.json"))

    private let folder = TemporaryFolder()

    private func path(_ name: String) -> FilePath { Self.encoders.appending("\(name).onnx") }

    private func card(_ change: (inout ModelCard) -> Void = { _ in }) -> ModelCard {
        var card = ModelCard()
        change(&card)
        return card
    }

    private func half(_ pooling: ModelCard.Pooling? = nil) -> ModelCard {
        card {
            ($0.size, $0.pooling) = (16, pooling)
            ($0.mean, $0.scale) = ([0.5], [0.25, 0.5, 1])
        }
    }

    // MARK: What it computes

    @Test(
        .enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)),
        arguments: NetworkTests.engines)
    func describesPhotosAsTheReferenceDoes(engine: EngineName) throws {
        try expect("clip", ModelCard(), engine)
        try expect("tokens", half(), engine)
        try expect("tokens", half(.mean), engine, as: "tokens-mean")
        try expect("map", ModelCard(), engine)
        try expect("channels-last", ModelCard(), engine)
    }

    private func expect(_ name: String, _ card: ModelCard, _ engine: EngineName, as golden: String? = nil) throws {
        let choice = try ModelChoice(path(name).string, card: card, engine: engine)
        let embedder = try installedStore.embedder(for: choice)
        let expected = Embedding(try #require(Self.expected?[golden ?? name]))
        let photos = [PixelImage.flat(9, 200, 30, side: 16), .pattern(16, seed: 5), .flat(0, 0, 0, side: 16)]
        let found = try embedder.embed(photos)
        #expect(found.count == 3 && choice.dimension == expected.dimension)
        #expect(found[1].difference(expected) <= 1e-4, "\(name) \(engine): \(found[1]) \(expected)")
    }

    // MARK: What it shows by itself

    @Test func takesItsSizeAndOutputFromTheFile() throws {
        let network = try ForeignNetwork(at: path("clip"))
        #expect(network.input.side == 16 && network.dimension == 6)
        #expect(network.encoder.outputName == "image_embeds")
        #expect(network.input.filter == .cubic)
        #expect(network.input.crop == .afterResizing(toShortSide: 16))
    }

    @Test func tellsWhatItGuesses() throws {
        #expect(try ForeignNetwork(at: path("clip")).guesses.count == 1)
        #expect(try ForeignNetwork(at: path("tokens"), card: half()).guesses.isEmpty)
    }

    @Test func takesChannelsInTheOrderOfItsAxes() throws {
        #expect(try ForeignNetwork(at: path("channels-last")).input.layout == .interleaved)
        #expect(try ForeignNetwork(at: path("map")).input.layout == .planar)
    }

    // MARK: What is said of it

    @Test func hearsItsCardBesideIt() throws {
        let path = try copy(of: "tokens")
        try folder.write(
            Array(
                """
                {"size": 16, "resize": 20, "filter": "cubic", "mean": [0, 0, 0], "scale": [127.5], "range": 255,
                 "order": "bgr", "pooling": "mean", "framing": "letterbox"}
                """.utf8), to: "tokens.json")
        let network = try ForeignNetwork(at: path)
        #expect(
            network.input
                == InputSpec(
                    side: 16, framing: .letterbox, crop: .afterResizing(toShortSide: 20), filter: .cubic, order: .bgr,
                    mean: [0, 0, 0], scale: [127.5, 127.5, 127.5]))
        #expect(network.reading == .meanOfTokens && network.guesses.isEmpty)
        #expect(try ForeignNetwork(at: path, card: card { $0.framing = .squash }).input.framing == .squash)
    }

    @Test func hearsThePreprocessorConfigOfTheHub() throws {
        let path = try copy(of: "tokens")
        try folder.write(
            Array(
                """
                {"crop_size": {"height": 16, "width": 16}, "do_center_crop": true, "do_rescale": true, "resample": 3,
                 "image_mean": [0.5, 0.5, 0.5], "image_std": [0.25, 0.25, 0.25], "size": {"shortest_edge": 18}}
                """.utf8), to: "preprocessor_config.json")
        let input = try ForeignNetwork(at: path).input
        #expect(input.side == 16 && input.crop == .afterResizing(toShortSide: 18) && input.framing == .centreCrop)
        #expect(input.mean == [127.5, 127.5, 127.5] && input.scale == [63.75, 63.75, 63.75] && input.filter == .cubic)
    }

    @Test func squashesWhereTheHubCropsNothing() throws {
        let path = try copy(of: "tokens")
        try folder.write(
            Array(#"{"size": {"height": 16, "width": 16}, "do_normalize": false}"#.utf8), to: "preprocessor_config.json"
        )
        let input = try ForeignNetwork(at: path).input
        #expect(
            input.side == 16 && input.framing == .squash && input.mean == [0, 0, 0] && input.scale == [255, 255, 255])
    }

    // MARK: What it is known by

    @Test func isKnownByItsContentsAndByAllThatDecidesItsNumbers() throws {
        let cards = [
            half(), half(.mean),
            card {
                $0 = half()
                $0.resize = 32
            },
            card {
                $0 = half()
                $0.mean = [0.4]
            },
            card {
                $0 = half()
                $0.order = .bgr
            },
            card {
                $0 = half()
                $0.filter = .cubic
            },
        ]
        var identities = try cards.map { try ModelChoice(path("tokens").string, card: $0).identity }
        identities.append(try ModelChoice(path("tokens").string, framing: .letterbox, card: half()).identity)
        identities.append(try ModelChoice(path("clip").string).identity)
        #expect(Set(identities).count == identities.count)
        let copy = try copy(of: "tokens")
        #expect(try ModelChoice(copy.string, card: half()).identity == identities[0])
    }

    // MARK: What cannot be

    @Test func needsASizeWhereItTakesAny() { expectRefusal(of: "tokens", ModelCard(), saying: "size") }

    @Test func refusesAnotherSizeThanItTakes() { expectRefusal(of: "clip", card { $0.size = 32 }, saying: "16 pixels") }

    @Test func namesTheOutputsThereAre() {
        expectRefusal(of: "clip", card { $0.output = "embeds" }, saying: "pooler_output, image_embeds")
    }

    @Test func refusesToPoolWhatHasNoRows() { expectRefusal(of: "clip", card { $0.pooling = .mean }, saying: "pool") }

    @Test func refusesAnotherDimensionThanItHas() {
        expectRefusal(of: "clip", card { $0.dimension = 7 }, saying: "6 numbers, not 7")
    }

    @Test func refusesToCutOutMoreThanThereIs() {
        expectRefusal(of: "clip", card { $0.resize = 8 }, saying: "less than")
    }

    @Test(arguments: [[Float](), [1, 2], [1, .nan, 3], [.infinity]])
    func refusesAMeanThatIsNone(mean: [Float]) { expectRefusal(of: "clip", card { $0.mean = mean }, saying: "mean") }

    @Test func refusesToDivideByZero() {
        expectRefusal(of: "clip", card { $0.scale = [1, 0, 1] }, saying: "scale")
        expectRefusal(of: "clip", card { $0.range = 0 }, saying: "range")
    }

    @Test(arguments: [
        (#"{"sise": 16}"#, "“sise”"), (#"{"size": "16"}"#, "“size”"), ("{", "JSON"),
        (#"{"filter": "sinc"}"#, "“filter”"),
    ])
    func saysWhatIsWrongWithItsCard(text: String, reason: String) throws {
        let path = try copy(of: "tokens")
        try folder.write(Array(text.utf8), to: "tokens.json")
        expectRefusal(at: path, ModelCard(), saying: reason)
    }

    @Test func refusesACardOfAModelThatIsKnown() {
        #expect(throws: EmbedderError.cardOfKnownModel("resnet18")) { try ModelChoice("resnet18", card: half()) }
    }

    @Test func saysThatThereIsNoSuchFile() { expectRefusal(of: "missing", ModelCard(), saying: "missing.onnx") }

    private func expectRefusal(of name: String, _ card: ModelCard, saying part: String) {
        expectRefusal(at: path(name), card, saying: part)
    }

    private func expectRefusal(at path: FilePath, _ card: ModelCard, saying part: String) {
        let error = #expect(throws: EmbedderError.self) { try ModelChoice(path.string, card: card) }
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }

    private func copy(of name: String) throws -> FilePath {
        try folder.write(contents(of: path(name)), to: "\(name).onnx")
    }
}
