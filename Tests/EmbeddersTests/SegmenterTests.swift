import Imaging
import SystemPackage
import TestSupport
import Testing

@testable import Embedders

/// Against the published network as it is, run by ONNX Runtime (Scripts/make-mask-goldens.py).
@Suite(
    .enabled(
        if: InstalledModels.areThere && installedStore.isInstalled(ModelRegistry.segmenter),
        "U²-Net-P is not installed: lookalike models fetch u2netp"))
struct SegmenterTests {
    private struct Golden: Decodable {
        struct Photo: Decodable {
            let path: String
            let levels: [UInt8]
        }

        let pattern: [UInt8]
        let photos: [Photo]
    }

    private func segmenter() throws -> Segmenter {
        Segmenter(try installedStore.embedder(for: ModelChoice().segmenter))
    }

    /// How far two masks are from one another at a place, on average.
    private func difference(_ mask: GarmentMask, _ levels: [UInt8]) -> Double {
        zip(mask.levels, levels).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) } / Double(levels.count)
    }

    @Test func findsWhatThePublishedNetworkFinds() throws {
        let golden = try golden(Golden.self, at: goldens.appending("masks.json"))
        let mask = try segmenter().masks(of: [.pattern(320, seed: 1)])[0]
        // Of 255: some processors compute it in short numbers.
        #expect(difference(mask, golden.pattern) < 4)
    }

    @Test(.enabled(if: RealPhotos.areThere, Comment(rawValue: RealPhotos.absence)))
    func findsTheGarmentsOfRealPhotos() throws {
        let segmenter = try segmenter()
        for photo in try golden(Golden.self, at: goldens.appending("masks.json")).photos {
            let picture = try ImageDecoder().decode(contents(of: RealPhotos.photo(photo.path)))
            let mask = try segmenter.masks(of: [picture])[0]
            #expect(difference(mask, photo.levels) < 4, "\(photo.path)")
            #expect(mask.isTelling)
        }
    }

    @Test func describesNoPhotos() {
        #expect(throws: EmbedderError.describesNothing(model: "u2netp")) { try ModelChoice("u2netp") }
    }
}
