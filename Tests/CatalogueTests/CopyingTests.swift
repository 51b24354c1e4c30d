import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Catalogue

/// Catalogues that are taken into others: from a file into what tests run on, and back.
@Suite struct CopyingTests {
    private let file: EmbeddedBench
    private let bench: CatalogueBench
    private let kind = LocalFeatureKind(identity: "patches", space: CatalogueBench.otherSpace)

    init() async throws { (file, bench) = (try EmbeddedBench(), try await CatalogueBench()) }

    private func fill(_ catalogue: some CatalogueUser) async throws {
        try await catalogue.anyCatalogue.add(root: "/shop")
        try await catalogue.record(
            .photo("/shop/1.jpg", 1), .photo("/shop/2.jpg", 2, stamp: .second), .photo("/shop/copy.jpg", 1),
            .faulty("/shop/broken.jpg", 3, "cut off"), .photo(FilePath(bytes: [0x2F, 0xFF]), 4))
        try await catalogue.record(.photo("/shop/1.jpg", 1, embedded: [7, 8]), space: CatalogueBench.otherSpace)
        let content = try #require(try await catalogue.anyCatalogue.photos(at: ["/shop/1.jpg"])[0]?.content)
        try await catalogue.anyCatalogue.keep([content: [1, 2, 3]], as: kind)
    }

    /// All that a catalogue knows, but for its own numbers.
    private func contents(of catalogue: any PhotoCatalogue) async throws -> [String] {
        var lines = try await catalogue.roots().map { "\($0)" }
        for file in try await catalogue.files(after: nil, limit: 100) {
            lines.append("\(file.path.bytes) \(file.stamp) \(file.digest) \(String(describing: file.fault))")
            for space in [CatalogueBench.space, CatalogueBench.otherSpace] {
                let embedding = try await catalogue.embedding(of: file.digest, space: space)?.embedding
                lines.append(String(describing: embedding?.values))
            }
            let features = try await catalogue.localFeatures(kind, ofContents: [file.content])
            lines.append("\(features.values)")
        }
        return lines
    }

    @Test func takeEverythingBothWays() async throws {
        try await fill(file)
        try await CatalogueCopy(from: file.catalogue, to: bench.catalogue).run()
        #expect(try await contents(of: bench.catalogue) == contents(of: file.catalogue))
        #expect(try await bench.catalogue.localKinds() == [kind])
        let back = try EmbeddedBench()
        let done = try await CatalogueCopy(from: bench.catalogue, to: back.catalogue).run()
        #expect(try await contents(of: back.catalogue) == contents(of: file.catalogue))
        #expect((done.files, done.embeddings, done.total) == (5, 4, 5))
    }

    @Test func goOnWhereTheyWereAndTakeNothingTwice() async throws {
        try await fill(file)
        try await bench.record(.photo("/shop/1.jpg", 1), .photo("/shop/2.jpg", 9), .photo("/mine.jpg", 5))
        #expect(try await CatalogueCopy(from: file.catalogue, to: bench.catalogue).run().embeddings == 3)
        #expect(try await CatalogueCopy(from: file.catalogue, to: bench.catalogue).run().embeddings == 0)
        #expect(try await bench.catalogue.photos(at: ["/shop/2.jpg"])[0]?.digest == CatalogueBench.digest(of: 2))
        #expect(try await bench.catalogue.photoCount() == 6)
    }

    /// Enough that the server is sent them as rows.
    @Test func takeManyAtOnce() async throws {
        let records = (0..<300).map { PhotoRecord.photo(FilePath("/shop/\($0).jpg"), $0) }
        try await file.catalogue.record(records, space: CatalogueBench.space)
        let done = try await CatalogueCopy(from: file.catalogue, to: bench.catalogue).run()
        #expect(done.embeddings == 300)
        #expect(try await bench.values(in: "/") == file.values(in: "/"))
    }

    @Test func leaveOutPathsThatAreTooLongForAServer() async throws {
        let long = FilePath(
            "/shop/" + (0..<20).map { "\($0)" + String(repeating: "x", count: 200) }.joined(separator: "/"))
        try await file.record(.photo(long, 1), .photo("/shop/2.jpg", 2))
        let done = try await CatalogueCopy(from: file.catalogue, to: bench.catalogue).run()
        #expect((done.files, done.unkept, done.total) == (2, bench.catalogue.longestPath == nil ? 0 : 1, 2))
        #expect(try await bench.catalogue.photoCount() == 2 - done.unkept)
        #expect(try await CopyVerification(of: file.catalogue, in: bench.catalogue).isSound)
    }

    @Test func areFoundSoundOnlyWhereNothingIsMissing() async throws {
        try await fill(file)
        try await CatalogueCopy(from: file.catalogue, to: bench.catalogue).run()
        let sound = try await CopyVerification(of: file.catalogue, in: bench.catalogue)
        #expect(sound.isSound && sound.files == 5 && sound.embeddings == 6 && sound.sampled == 4 && sound.searches == 4)
        try await bench.record(.photo("/shop/1.jpg", 1, embedded: [9, 9, 9]))
        let changed = try await CopyVerification(of: file.catalogue, in: bench.catalogue)
        #expect(changed.different == 1 && changed.otherwise > 0 && !changed.isSound)
        _ = try await bench.catalogue.forget(photos: ["/shop/2.jpg"])
        let less = try await CopyVerification(of: file.catalogue, in: bench.catalogue)
        #expect((less.missingFiles, less.missingEmbeddings) == (1, 1))
    }
}
