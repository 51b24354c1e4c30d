import Hashing
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Catalogue

/// Embeddings of several models side by side.
@Suite struct EmbeddingSpaceTests {
    @Test func anEmbeddingComesBackBitForBit() async throws {
        let bench = try await CatalogueBench()
        let values: [Float] = [.leastNonzeroMagnitude, -0.0, 1e17, 1 / 3]
        let space = EmbeddingSpace(identity: "odd numbers", dimension: values.count)
        let digest = CatalogueBench.digest(of: 1)
        try await bench.record(
            PhotoRecord(path: "/1.jpg", stamp: .first, digest: digest, finding: .embedding(Embedding(values))),
            space: space)
        let known = try #require(try await bench.again().catalogue.embedding(of: digest, space: space))
        #expect(known.embedding?.values.map(\.bitPattern) == values.map(\.bitPattern))
        #expect(
            try await bench.values(in: "/", space: space).map { $0.map(\.bitPattern) } == [
                values.map(\.bitPattern)
            ])
    }

    /// It would never be found.
    @Test func anEmbeddingThatCannotBeComparedNeitherFailsNorHidesTheOthers() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(
            .photo("/1.jpg", 1, embedded: [.infinity, 0, 0]), .photo("/2.jpg", 2, embedded: [.nan, 0, 0]),
            .photo("/3.jpg", 3))
        #expect(try await bench.paths(in: "/").last == "/3.jpg")
        #expect(try await bench.files(in: "/").count == 3)
    }

    @Test func eachModelHasItsOwn() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/shop/1.jpg", 1), .photo("/shop/2.jpg", 2))
        #expect(try await bench.state(of: 1, space: CatalogueBench.otherSpace) == .new)
        #expect(try await bench.paths(in: "/shop", space: CatalogueBench.otherSpace).isEmpty)
        let record = PhotoRecord(
            path: "/shop/1.jpg", stamp: .first, digest: CatalogueBench.digest(of: 1),
            finding: .embedding(Embedding([7, 8])))
        try await bench.record(record, space: CatalogueBench.otherSpace)
        #expect(try await bench.values(in: "/shop", space: CatalogueBench.otherSpace) == [[7, 8]])
        #expect(
            try await bench.values(in: "/shop")
                == [1, 2].map { CatalogueBench.embedding(of: $0).values })
    }

    @Test func anotherDimensionIsRefusedWithTheNameOfTheModel() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/1.jpg", 1))
        let wrong = EmbeddingSpace(identity: CatalogueBench.space.identity, dimension: 4)
        let refusal = CatalogueError.otherDimension(space: wrong.identity, known: 3, asked: 4)
        await #expect(throws: refusal) { try await bench.record(.photo("/2.jpg", 2), space: wrong) }
        await #expect(throws: refusal) { try await bench.files(in: "/", space: wrong) }
        await #expect(throws: refusal) { try await bench.paths(in: "/", space: wrong) }
        #expect(refusal.description.contains(wrong.identity))
    }

    @Test func contentsAreFoundByTheirDigest() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/1.jpg", 1), .faulty("/2.jpg", 2, "broken"))
        let space = CatalogueBench.space
        let embedded = try await bench.catalogue.embedding(of: CatalogueBench.digest(of: 1), space: space)
        let faulty = try await bench.catalogue.embedding(of: CatalogueBench.digest(of: 2), space: space)
        #expect(embedded?.embedding == CatalogueBench.embedding(of: 1))
        #expect(try await bench.photos(in: "/").first?.photo.content == embedded?.content)
        #expect(faulty != nil && faulty?.embedding == nil)
        #expect(try await bench.catalogue.embedding(of: CatalogueBench.digest(of: 3), space: space) == nil)
    }
}
