import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Catalogue

/// Embeddings that are made of others.
@Suite struct MappingTests {
    private let other = CatalogueBench.otherSpace

    private func missing(_ bench: CatalogueBench, after content: Int64 = 0, limit: Int = 10) async throws -> [Int64] {
        try await bench.catalogue.embeddings(
            of: CatalogueBench.space, missingIn: other, after: content, limit: limit
        ).map(\.content)
    }

    @Test func areMissingUntilTheyAreKept() async throws {
        let bench = try await CatalogueBench()
        #expect(try await missing(bench).isEmpty)
        try await bench.record(.photo("/shop/1.jpg", 1), .photo("/shop/2.jpg", 2), .photo("/shop/3.jpg", 3))
        let all = try await missing(bench)
        #expect(all.count == 3 && all == all.sorted())
        try await bench.catalogue.keep([(all[1], Embedding([7, 8]))], in: other)
        #expect(try await missing(bench) == [all[0], all[2]])
        #expect(try await missing(bench, after: all[0]) == [all[2]])
        #expect(try await missing(bench, limit: 1) == [all[0]])
        #expect(try await bench.values(in: "/shop", space: other) == [[7, 8]])
    }

    @Test func areNeitherReplacedNorKeptOfWhatIsGone() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/shop/1.jpg", 1))
        let content = try await missing(bench)[0]
        try await bench.catalogue.keep([(content, Embedding([1, 2])), (content + 9, Embedding([3, 4]))], in: other)
        try await bench.catalogue.keep([(content, Embedding([5, 6]))], in: other)
        #expect(try await bench.values(in: "/shop", space: other) == [[1, 2]])
        #expect(try await bench.catalogue.spaces().map(\.count) == [1, 1])
    }
}
