import Foundation
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Catalogue

/// What a catalogue keeps of each model.
@Suite struct SpacesTests {
    private let other = PhotoRecord(
        path: "/shop/1.jpg", stamp: .first, digest: CatalogueBench.digest(of: 1),
        finding: .embedding(Embedding([7, 8])))

    @Test func keepsNothingAtFirst() async throws {
        let bench = try await CatalogueBench()
        #expect(try await bench.catalogue.spaces().isEmpty)
    }

    @Test func countsTheEmbeddingsOfEachModel() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/shop/1.jpg", 1), .photo("/shop/2.jpg", 2), .photo("/shop/copy.jpg", 2))
        try await bench.record(other, space: CatalogueBench.otherSpace)
        let stored = try await bench.catalogue.spaces()
        #expect(stored.map(\.space) == [CatalogueBench.otherSpace, CatalogueBench.space])
        #expect(stored.map(\.count) == [1, 2])
    }

    @Test func forgetsOneModelAndNothingOfAnother() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/shop/1.jpg", 1), .photo("/shop/2.jpg", 2))
        try await bench.record(other, space: CatalogueBench.otherSpace)
        try await bench.catalogue.forget([CatalogueBench.space])
        #expect(try await bench.catalogue.spaces().map(\.space) == [CatalogueBench.otherSpace])
        #expect(try await bench.paths(in: "/shop").isEmpty)
        #expect(try await bench.values(in: "/shop", space: CatalogueBench.otherSpace) == [[7, 8]])
        #expect(try await bench.state(of: 2) == .new)
    }

    @Test func embedsAnewWhatWasForgotten() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/shop/1.jpg", 1))
        try await bench.catalogue.forget([CatalogueBench.space])
        try await bench.record(.photo("/shop/1.jpg", 1))
        #expect(try await bench.paths(in: "/shop") == ["/shop/1.jpg"])
    }

    @Test func givesTheirRoomBack() async throws {
        let bench = try EmbeddedBench()
        let space = EmbeddingSpace(identity: "large", dimension: 20_000)
        for number in 0..<40 {
            let record = PhotoRecord(
                path: FilePath("/shop/\(number).jpg"), stamp: .first, digest: CatalogueBench.digest(of: number),
                finding: .embedding(Embedding(Array(repeating: Float(number), count: 20_000))))
            try await bench.record(record, space: space)
        }
        func size() throws -> Int {
            let path = bench.folder.appending("catalogue.sqlite").string
            return try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        }
        try await bench.catalogue.forget([space])
        #expect(try size() < 1_000_000)
    }
}
