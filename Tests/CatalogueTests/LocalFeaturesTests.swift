import Hashing
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Catalogue

@Suite struct LocalFeaturesTests {
    private let bench: CatalogueBench
    private let space = EmbeddingSpace(identity: "one", dimension: 2)
    private let patches: LocalFeatureKind
    private let colours = LocalFeatureKind(identity: "colours")

    init() async throws {
        bench = try await CatalogueBench()
        patches = LocalFeatureKind(identity: "patches of one", space: space)
    }

    /// With so many photos, whose contents are numbered from 1.
    private func catalogue(_ count: Int) async throws -> any PhotoCatalogue {
        let catalogue = bench.catalogue
        let records = (0..<count).map { number in
            PhotoRecord(
                path: FilePath("/photos/\(number).jpg"),
                stamp: FileStamp(size: 1, modified: 1, changed: 1, inode: Int64(number)),
                digest: SHA256Digest(of: [UInt8(number)]), finding: .embedding(Embedding([1, Float(number)])))
        }
        try await catalogue.record(records, space: space)
        return catalogue
    }

    @Test func areFoundAgain() async throws {
        let catalogue = try await catalogue(3)
        #expect(try await catalogue.localFeatures(patches, ofContents: [1, 2]).isEmpty)
        try await catalogue.keep([1: [1, 2], 2: [3]], as: patches)
        try await catalogue.keep([1: [4]], as: colours)
        try await catalogue.keep([2: [5], 3: []], as: patches)
        #expect(try await catalogue.localFeatures(patches, ofContents: [1, 2, 3]) == [1: [1, 2], 2: [5], 3: []])
        #expect(try await catalogue.localFeatures(patches, ofContents: [2, 9]) == [2: [5]])
        #expect(try await catalogue.localFeatures(colours, ofContents: [1, 2]) == [1: [4]])
    }

    @Test func goWithTheirPhotos() async throws {
        let catalogue = try await catalogue(2)
        try await catalogue.keep([1: [1], 2: [2]], as: colours)
        let content = try #require(try await catalogue.photos(at: ["/photos/0.jpg"])[0]?.content)
        _ = try await catalogue.forget(photos: ["/photos/0.jpg"])
        let other = 3 - content
        #expect(try await catalogue.localFeatures(colours, ofContents: [1, 2]) == [other: [UInt8(other)]])
    }

    /// A search may find out something of a photo that another process forgets meanwhile.
    @Test func nothingIsKeptOfWhatIsForgotten() async throws {
        let catalogue = try await catalogue(1)
        try await catalogue.keep([1: [1], 7: [2]], as: colours)
        #expect(try await catalogue.localFeatures(colours, ofContents: [1, 7]) == [1: [1]])
    }

    @Test func goWithTheEmbeddingsThatTheyAreKeptBeside() async throws {
        let catalogue = try await catalogue(1)
        try await catalogue.keep([1: [1]], as: patches)
        try await catalogue.keep([1: [2]], as: colours)
        try await catalogue.forget([space])
        #expect(try await catalogue.localFeatures(patches, ofContents: [1]).isEmpty)
        #expect(try await catalogue.localFeatures(colours, ofContents: [1]) == [1: [2]])
    }

    /// As of a query that only another model has described.
    @Test func goWithASpaceThatHasNoEmbeddingsYet() async throws {
        let catalogue = try await catalogue(1)
        let other = EmbeddingSpace(identity: "other", dimension: 3)
        let kind = LocalFeatureKind(identity: "patches of other", space: other)
        try await catalogue.keep([1: [1]], as: kind)
        #expect(try await catalogue.localFeatures(kind, ofContents: [1]) == [1: [1]])
        try await catalogue.forget([other])
        #expect(try await catalogue.localFeatures(kind, ofContents: [1]).isEmpty)
    }
}
