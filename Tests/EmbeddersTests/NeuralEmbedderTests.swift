import Embedders
import Imaging
import Networks
import SystemPackage
import TestSupport
import Testing
import Vectors

/// Against the same networks run by PyTorch in double precision (Scripts/make-goldens.py).
@Suite(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
struct NeuralEmbedderTests {
    private struct Golden: Decodable {
        struct Pattern: Decodable {
            let seed: Int
            let features: String
            /// Where the weights have a classifier.
            let logits: String?
        }

        struct Photo: Decodable {
            let path: String
            let features: String
        }

        let patterns: [Pattern]
        let photos: [Photo]

        static func of(_ model: String) throws -> Golden {
            try golden(Golden.self, at: goldens.appending("\(model).json"))
        }
    }

    @Test(arguments: installedNetworks)
    func computesTheFeaturesThatPyTorchDoes(model: String) throws {
        try expectPatterns(of: model, described: .pooled, as: \.features)
    }

    @Test(arguments: installedNetworks.filter(hasLogits))
    func computesTheLogitsThatPyTorchDoes(model: String) throws {
        try expectPatterns(of: model, described: .logits, as: \.logits)
    }

    private static func hasLogits(_ model: String) -> Bool {
        (try? ModelChoice(model, features: .logits)) != nil
    }

    private func expectPatterns(
        of model: String, described features: Features, as expected: (Golden.Pattern) -> String?
    ) throws {
        let embedder = try installedStore.embedder(for: ModelChoice(model, features: features))
        for pattern in try Golden.of(model).patterns {
            let expected = Embedding([Float](base64: try #require(expected(pattern))))
            let found = try embedder.embed([.pattern(embedder.input.side, seed: pattern.seed)])[0]
            #expect(found.cosine(expected) >= 0.99999)
            #expect(found.difference(expected) <= 1e-3)
        }
    }

    /// From the photo's file on: decoded at a part of its size, framed and embedded.
    @Test(
        .enabled(if: RealPhotos.areThere, Comment(rawValue: RealPhotos.absence)), arguments: installedNetworks)
    func describesPhotosAsTheirPublisherWould(model: String) throws {
        let embedder = try installedStore.embedder(for: ModelChoice(model, features: .pooled))
        for photo in try Golden.of(model).photos {
            let bytes = try contents(of: RealPhotos.photo(photo.path))
            let found = try embedder.embed([ImageDecoder().decode(bytes, framedFor: embedder.input)])[0]
            #expect(found.cosine(Embedding([Float](base64: photo.features))) >= 0.999, "\(photo.path)")
        }
    }

    @Test func describesPhotosOfABatchAsEachByItself() throws {
        let embedder = try installedStore.embedder(for: ModelChoice(features: .pooled))
        let photos = (0..<3).map { PixelImage.pattern(embedder.input.side, seed: $0) }
        let together = try embedder.embed(photos)
        #expect(together.count == 3)
        for (photo, embedding) in zip(photos, together) {
            #expect(try embedder.embed([photo])[0].difference(embedding) <= 1e-4)
        }
        #expect(together[0].cosine(together[1]) < 0.99)
    }

    @Test func describesNoPhotosWithoutTheNetwork() throws {
        #expect(try installedStore.embedder(for: ModelChoice(features: .pooled)).embed([]).isEmpty)
    }
}
