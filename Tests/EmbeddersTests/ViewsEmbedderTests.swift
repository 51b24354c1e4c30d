import Embedders
import Imaging
import SystemPackage
import TestSupport
import Testing
import Vectors

@Suite(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
struct ViewsEmbedderTests {
    private struct Golden: Decodable {
        struct Photo: Decodable {
            let path: String
            let views: [String: [Float]]
        }

        let photos: [Photo]
    }

    private func embedder() throws -> any Embedder { try installedStore.embedder(for: ModelChoice()) }

    private func framed(_ picture: PixelImage, for embedder: any Embedder) -> FramedPhoto {
        FramedPhoto(embedder.inputs.map { $0.frame(picture) })
    }

    /// Against PyTorch, Pillow and NumPy (Scripts/make-view-goldens.py), from the photo's file on.
    @Test(.enabled(if: RealPhotos.areThere, Comment(rawValue: RealPhotos.absence)))
    func seesWhatAnIndependentImplementationSees() throws {
        let (embedder, views) = (try embedder(), try #require(ModelChoice().views))
        for photo in try golden(Golden.self, at: goldens.appending("views.json")).photos {
            let bytes = try contents(of: RealPhotos.photo(photo.path))
            let found = try embedder.embed([ImageDecoder().decode(bytes, framedFor: embedder.inputs)])[0]
            for (name, expected) in photo.views {
                let view = try #require(View(rawValue: name))
                let range = try #require(views.range(of: view))
                let cosine = Embedding(Array(found.values[range])).cosine(Embedding(expected))
                // Colours are sorted into bins, which a rounding may decide.
                #expect(cosine >= (view == .colours ? 0.98 : 0.9995), "\(name) of \(photo.path)")
            }
        }
    }

    @Test func givesEachViewLengthOne() throws {
        let (embedder, views) = (try embedder(), try #require(ModelChoice().views))
        let photos =
            (0..<3).map { framed(.pattern(100, seed: $0), for: embedder) } + [
                framed(.flat(255, 255, 255), for: embedder)
            ]
        for embedding in try embedder.embed(photos) {
            #expect(embedding.dimension == views.dimension)
            for part in views.parts {
                let numbers = embedding.values[try #require(views.range(of: part.view))]
                #expect(abs(numbers.reduce(0) { $0 + $1 * $1 } - 1) < 1e-4, "\(part.view)")
            }
        }
    }

    @Test func describesPhotosOfABatchAsEachByItself() throws {
        let embedder = try embedder()
        let photos = (0..<3).map { framed(.pattern(224, seed: $0), for: embedder) }
        for (photo, embedding) in zip(photos, try embedder.embed(photos)) {
            #expect(try embedder.embed([photo])[0].difference(embedding) <= 1e-4)
        }
        #expect(try embedder.embed([FramedPhoto]()).isEmpty)
    }
}
