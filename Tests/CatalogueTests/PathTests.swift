import SystemPackage
import TestSupport
import Testing

@testable import Catalogue

/// Paths as the file system has them.
@Suite struct PathTests {
    @Test func aFolderHoldsWhatIsInItAndNotWhatBeginsLikeIt() async throws {
        let bench = try await CatalogueBench()
        let paths: [FilePath] = [
            "/a/b.jpg", "/a/b/1.jpg", "/a/b/c/2.jpg", "/a/b0/3.jpg", "/a/b-/4.jpg", "/a/bc/5.jpg", "/a/B/6.jpg",
        ]
        for (number, path) in paths.enumerated() { try await bench.record(.photo(path, number)) }
        #expect(try await bench.paths(in: "/a/b") == ["/a/b/1.jpg", "/a/b/c/2.jpg"])
        #expect(Set(try await bench.files(in: "/a/b").keys) == ["/a/b/1.jpg", "/a/b/c/2.jpg"])
        #expect(try await bench.paths(in: "/a").count == paths.count)
        #expect(try await bench.paths(in: "/").count == paths.count)
    }

    @Test func patternsOfSQLAndShellsAreOrdinaryNames() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(
            .photo("/a%/1.jpg", 1), .photo("/a_/2.jpg", 2), .photo("/ab/3.jpg", 3), .photo("/'; --/4.jpg", 4))
        #expect(try await bench.paths(in: "/a%") == ["/a%/1.jpg"])
        #expect(try await bench.paths(in: "/a_") == ["/a_/2.jpg"])
        #expect(try await bench.paths(in: "/'; --") == ["/'; --/4.jpg"])
    }

    @Test func aNameNeedNotBeText() async throws {
        let bench = try await CatalogueBench()
        let names = [[0xFF, 0xFE, 0xFD], [0x63, 0xE9], [0x63, 0xC3], [0xEF, 0xBF, 0xBD], [0x0A]].map {
            FilePath(bytes: $0)
        }
        for (number, name) in names.enumerated() { try await bench.record(.photo(name, number)) }
        #expect(Set(try await bench.files(in: "/shop").keys) == Set(names))
        #expect(
            Set(try await bench.again().paths(in: "/shop"))
                == Set(names))
        try await bench.catalogue.forget([names[1]])
        #expect(Set(try await bench.files(in: "/shop").keys) == Set(names).subtracting([names[1]]))
    }

    @Test func namesThatLookTheSameAreTwo() async throws {
        let bench = try await CatalogueBench()
        try await bench.record(.photo("/caf\u{E9}.jpg", 1), .photo("/cafe\u{301}.jpg", 2))
        #expect(try await bench.paths(in: "/").count == 2)
    }

    @Test func theOrderIsThatOfTheBytes() async throws {
        let bench = try await CatalogueBench()
        let sorted: [FilePath] = ["/B.jpg", "/a.jpg", "/a/1.jpg", "/b.jpg", "/é.jpg"]
        for (number, path) in sorted.reversed().enumerated() { try await bench.record(.photo(path, number)) }
        #expect(try await bench.paths(in: "/") == sorted)
    }

    @Test func rootsAreKeptOnceAndInOrder() async throws {
        let bench = try await CatalogueBench()
        for root: FilePath in ["/shop", "/outlet", "/shop", FilePath(bytes: [0xE9])] {
            try await bench.catalogue.add(root: root)
        }
        #expect(try await bench.again().catalogue.roots() == ["/outlet", "/shop", FilePath(bytes: [0xE9])])
    }
}

extension FilePath {
    /// A name of these bytes in the folder `/shop`.
    init(bytes: [UInt8]) {
        let path = Array("/shop/".utf8) + bytes + [0]
        self = path.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { FilePath(platformString: $0.baseAddress!) }
    }
}
