import Embedders
import SystemPackage
import TestSupport
import Testing
import Training

@testable import VisualSearch

@Suite struct AlteredPhotosTests {
    private let bench = EngineBench()

    private func photos(seed: UInt64 = 1) async throws -> LabelledPhotos {
        _ = try await bench.refresh("shop")
        return try await bench.engine().alteredPhotos(in: bench.photos(["shop"]), seed: seed)
    }

    @Test func standBehindThePhotosThatTheyAreMadeOf() async throws {
        for seed in 1...5 { try bench.put(seed, at: "shop/\(seed).png") }
        var photos = try await photos()
        #expect(photos.photoCount == 5 && photos.rows.count == 15)
        #expect(photos.rows[..<5].allSatisfy { $0.alteration == nil })
        for row in photos.rows[5...] {
            #expect(
                row.alteration != nil && photos.rows[..<5].contains { $0.path == row.path && $0.label == row.label })
        }
        #expect(Set(photos.identities).count == 5)
        let identities = photos.identities
        let vectors = photos.takeVectors(
            scaledBy: [Float](repeating: 1, count: try ModelChoice(EngineBench.handMade).dimension))
        #expect(vectors.identities == identities && vectors.numbers.allSatisfy(\.isFinite))
    }

    /// And copies count once.
    @Test func showTheSameWherePhotosAreNearlyTheSame() async throws {
        try bench.put(Swatch(1, width: 32, height: 32).png, at: "shop/1.png")
        try bench.put(Swatch(1, width: 64, height: 64).png, at: "shop/1-large.png")
        try bench.put(Swatch(1, width: 32, height: 32).png, at: "shop/1-copy.png")
        try bench.put(2, at: "shop/2.png")
        let photos = try await photos()
        #expect(photos.photoCount == 3 && Set(photos.rows.map(\.label)).count == 2)
    }

    @Test func areTheSameOfTheSameSeed() async throws {
        for seed in 1...3 { try bench.put(seed, at: "shop/\(seed).png") }
        let (first, second, other) = (try await photos(), try await photos(), try await photos(seed: 2))
        #expect(first.rows.map(\.alteration) == second.rows.map(\.alteration))
        #expect(first.rows.map(\.alteration) != other.rows.map(\.alteration))
    }

    @Test func areLeftOutWherePhotosAreGone() async throws {
        for seed in 1...3 { try bench.put(seed, at: "shop/\(seed).png") }
        _ = try await bench.refresh("shop")
        try bench.delete("shop/2.png")
        let photos = try await bench.engine().alteredPhotos(in: bench.photos(["shop"]), seed: 1)
        #expect(photos.photoCount == 3 && photos.rows.count == 7)
    }
}
