import Imaging
import Inference
import Networks
import TestSupport
import Testing
import Vectors

@testable import Embedders

/// Against torchvision's and timm's networks with the same weights, run by PyTorch in double precision
/// (Scripts/make-network-goldens.py). One after the other, since VGG's weights take half a gigabyte.
@Suite(.serialized, .enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
struct NetworkTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let model: String
        let network: any Network
        let input: InputSpec
        let features: Features

        var testDescription: String { "\(model) \(features)" }
    }

    static let engines: [EngineName] = InstalledModels.hasOpenVino ? [.onnxruntime, .openvino] : [.onnxruntime]

    /// All networks, but VGG19's fully connected layers: they are VGG16's, and as costly. A backbone is a part of one. Views
    /// have tests of their own.
    static let cases = ModelRegistry.models.flatMap { model -> [Case] in
        guard case .neural(let network, let input, _) = model.kind, !(network is Backbone) else { return [] }
        let features = model.id == "vgg19" ? [.pooled] : network.features.filter { $0 != .views }
        return features.map { Case(model: model.id, network: network, input: input, features: $0) }
    }

    /// In the batches that there are: a photo by itself, as many at once as the engine takes, and the few that are left at the end.
    @Test(arguments: cases, engines)
    func computesWhatItsPublisherDoes(example: Case, engine: EngineName) throws {
        let golden = try NetworkGolden.of(example.model)
        let embedder = try example.embedder(with: golden, on: engine)
        let patterns = try golden.patterns.map { pattern in
            let expected = try #require(pattern.features[example.features.rawValue])
            let photo = PixelImage.pattern(example.input.side, seed: pattern.seed)
            return (photo: photo, expected: Embedding([Float](base64: expected)))
        }
        for size in engine == .onnxruntime ? [1, 8, 3] : [1, 3] {
            let batch = (0..<size).map { patterns[$0 % patterns.count] }
            let found = try embedder.embed(batch.map(\.photo))
            #expect(found.count == size)
            for (found, pattern) in zip(found, batch) { expect(found, near: pattern.expected) }
        }
    }

    /// What is averaged is what is told of places.
    @Test(arguments: cases.filter { $0.features == .pooled })
    func tellsOfPlacesWhatItAverages(example: Case) throws {
        let golden = try NetworkGolden.of(example.model)
        let places = try golden.patterns.prefix(1).map { pattern in
            let embedder = try example.of(.places).embedder(with: golden, on: .onnxruntime)
            return try embedder.embed([.pattern(example.input.side, seed: pattern.seed)])[0].values
        }
        for (values, pattern) in zip(places, golden.patterns) {
            let pooled = Embedding([Float](base64: try #require(pattern.features[example.features.rawValue])))
            let count = values.count / pooled.dimension
            let means = (0..<pooled.dimension).map {
                values[$0 * count..<($0 + 1) * count].reduce(0, +) / Float(count)
            }
            expect(Embedding(means), near: pooled)
        }
    }

    /// Rounded to eight bits on the very pictures that it is asked about.
    @Test(
        .enabled(if: Precision.hasInt8, "needs a processor with VNNI"), arguments: ["mobilenet-v2"], engines
    )
    func isNearInIntegersToo(model: String, engine: EngineName) throws {
        guard case .neural(let network, let input, _) = try ModelRegistry.model(named: model).kind else { return }
        let graph = try NetworkGolden.of(model).graph(of: .pooled, in: network)
        let photos = (0..<2).map { PixelImage.pattern(input.side, seed: $0) }
        func rows(_ graph: Graph, _ precision: Precision = .float32) throws -> [Embedding] {
            let settings = SessionSettings(device: .cpu, precision: precision, threads: 2)
            let session = try InstalledModels.libraries.engine(engine, for: settings)
                .session(of: graph, settings: settings)
            return try NeuralEmbedder(input: input, dimension: try #require(graph.outputWidth), session: session)
                .embed(photos)
        }
        var calibration = Calibration(of: graph)
        for row in try rows(calibration.rangeGraph) { calibration.noteRanges(row.values) }
        for row in try rows(calibration.errorGraph) { calibration.noteErrors(row.values) }
        let int8 = try network.graph(of: .pooled, quantizedWeights: calibration.weights().file(keepingFirst: 0))
        for (exact, found) in zip(try rows(graph), try rows(int8, .int8)) { #expect(found.cosine(exact) >= 0.99) }
    }

    /// With made-up weights all photos look much the same, so the cosine alone would tell little. The bound is three
    /// times what single precision costs the deepest of the networks.
    private func expect(_ found: Embedding, near expected: Embedding) {
        let largest = expected.values.reduce(0) { max($0, abs($1)) }
        #expect(found.cosine(expected) >= 0.99999)
        #expect(found.difference(expected) <= 5e-5 * largest)
    }
}

extension NetworkTests.Case {
    func of(_ features: Features) -> Self {
        Self(model: model, network: network, input: input, features: features)
    }

    func embedder(with golden: NetworkGolden, on engine: EngineName, device: Device = .cpu) throws -> NeuralEmbedder {
        let settings = SessionSettings(device: device, precision: .float32, threads: 2)
        let session = try InstalledModels.libraries.engine(engine, for: settings)
            .session(of: golden.graph(of: features, in: network), settings: settings)
        return NeuralEmbedder(input: input, dimension: try #require(network.dimensions[features]), session: session)
    }
}
