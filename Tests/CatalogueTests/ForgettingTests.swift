import SystemPackage
import Testing

@testable import Catalogue

/// Folders that are taken out of the catalogue.
@Suite struct ForgettingTests {
    @Test func takesTheFolderAndThoseInItButNotItsNeighbours() async throws {
        let bench = try await CatalogueBench()
        for root in ["/shop", "/shop/spring", "/shops"] { try await bench.catalogue.add(root: FilePath(root)) }
        try await bench.record(.photo("/shop/1.jpg", 1), .photo("/shop/spring/2.jpg", 2), .photo("/shops/3.jpg", 3))
        #expect(try await bench.catalogue.forget(root: "/shop") == 2)
        #expect(try await bench.catalogue.roots() == ["/shops"])
        #expect(try await bench.paths(in: "/") == ["/shops/3.jpg"])
    }

    @Test func keepsNothingOfContentsThatNoOtherFolderHolds() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/shop/1.jpg", 1), .photo("/shop/2.jpg", 2), .photo("/other/2.jpg", 2))
        #expect(try await bench.catalogue.forget(root: "/shop") == 2)
        #expect(try await bench.state(of: 1) == .new)
        #expect(try await bench.state(of: 2) == .embedded)
    }

    @Test func ofAFolderThatIsNotKnownForgetsNothing() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/shop/1.jpg", 1))
        #expect(try await bench.catalogue.forget(root: "/sho") == 0)
        #expect(try await bench.paths(in: "/") == ["/shop/1.jpg"])
    }
}
