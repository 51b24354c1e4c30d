import SystemPackage
import TestSupport
import Testing

@testable import Catalogue

/// Photos by what they hold, and what the photos of a folder hold.
@Suite struct ContentsTests {
    @Test func thePhotosOfAContentComeInTheOrderOfTheirPathsBytes() async throws {
        let bench = try await CatalogueBench()
        let odd = FilePath(bytes: [0xFF])
        let paths: [FilePath] = ["/B.jpg", "/a.jpg", "/a/1.jpg", "/b.jpg", odd, "/é.jpg"]
        for path in paths.reversed() { try await bench.record(.photo(path, 1)) }
        try await bench.record(.photo("/other.jpg", 2), .photo("/third.jpg", 3))
        let contents = try await bench.contents()
        let photos = try await bench.catalogue.photos(ofContents: [contents[0], contents[2]])
        #expect(Set(photos.keys) == [contents[0], contents[2]])
        #expect(photos[contents[0]]?.map(\.path) == paths)
        #expect(
            try await photos[contents[0]] == bench.photos(in: "/").map(\.photo).filter { $0.content == contents[0] })
    }

    @Test func contentsWithoutPhotosAreLeftOut() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/1.jpg", 1))
        let contents = try await bench.contents()
        try await bench.catalogue.forget(["/1.jpg"])
        #expect(try await bench.catalogue.photos(ofContents: contents + [99]).isEmpty)
    }

    @Test func contentsThatAreForgottenAreNotMistakenForOthers() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/1.jpg", 1), .photo("/2.jpg", 2))
        let contents = try await bench.contents()
        #expect(try await bench.catalogue.forget(photos: ["/1.jpg", "/2.jpg"]) == 2)
        try await bench.record(.photo("/3.jpg", 3), .photo("/4.jpg", 4))
        #expect(try await bench.catalogue.photos(ofContents: contents).isEmpty)
    }

    @Test func whatAFolderHoldsIsToldOnceAndInOrder() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(
            .photo("/a/3.jpg", 3), .photo("/b/1.jpg", 1), .photo("/a/1.jpg", 1), .faulty("/a/b/2.jpg", 2, "broken"),
            .photo("/ab/4.jpg", 4))
        let all = try await bench.catalogue.contents(in: ["/"])
        #expect(all == [1, 2, 3, 4])
        #expect(try await bench.catalogue.contents(in: ["/a"]) == [1, 2, 3])
        #expect(try await bench.catalogue.contents(in: ["/a/b", "/b", "/a"]) == [1, 2, 3])
        #expect(try await bench.catalogue.contents(in: ["/b", "/ab"]) == [2, 4])
        #expect(try await bench.catalogue.contents(in: []).isEmpty)
        #expect(try await bench.catalogue.contents(in: ["/nowhere"]).isEmpty)
    }

    @Test func whatOnlyExcludedPhotosHoldIsLeftOut() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/a/1.jpg", 1), .photo("/a/2.png", 2), .photo("/a/copy.png", 1))
        let contents = try await bench.catalogue.contents(in: ["/a"]) { String(cString: $0).hasSuffix(".jpg") }
        #expect(contents == [1])
    }

    @Test func whatSomePhotosHoldIsToldOnceAndInOrder() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1), .photo("/2.jpg", 2), .photo("/copy.jpg", 1), .photo("/3.jpg", 3))
        let all = try await bench.catalogue.contents(in: ["/"])
        #expect(
            try await bench.catalogue.contents(of: ["/copy.jpg", "/1.jpg", "/3.jpg", "/gone.jpg"]) == [all[0], all[2]])
        #expect(try await bench.catalogue.contents(of: []).isEmpty)
    }
}
