import Foundation
import SystemPackage
import TestSupport
import Testing
import Vectors

@testable import Catalogue

/// Photos that are to leave nothing behind.
@Suite struct ErasingTests {
    private let space = EmbeddingSpace(identity: "large", dimension: 500)

    @Test func keepsNothingOfContentsThatNoOtherPhotoHas() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1), .photo("/2.jpg", 2), .photo("/copy.jpg", 2))
        #expect(try await bench.catalogue.forget(photos: ["/1.jpg", "/2.jpg", "/never/seen.jpg"]) == 2)
        #expect(try await bench.paths(in: "/") == ["/copy.jpg"])
        #expect(try await bench.state(of: 1) == .new)
        #expect(try await bench.state(of: 2) == .embedded)
    }

    @Test func keepsNothingOfPhotosThatWereGoneBefore() async throws {
        let bench = try EmbeddedBench()
        try await bench.record(.photo("/1.jpg", 1))
        try await bench.catalogue.forget(["/1.jpg"])
        #expect(try await bench.catalogue.forget(photos: ["/1.jpg"]) == 0)
        #expect(try await bench.state(of: 1) == .new)
    }

    @Test func noByteOfAnEmbeddingIsLeft() async throws {
        let bench = try EmbeddedBench()
        try await record(0..<60, in: bench)
        for number in [3, 30, 59] { #expect(try isThere(number, in: bench)) }
        _ = try await bench.catalogue.forget(photos: [3, 30, 59].map(path))
        #expect(try isThere(30, in: bench))
        try await bench.catalogue.erase()
        for number in 0..<60 { #expect(try isThere(number, in: bench) != [3, 30, 59].contains(number)) }
        #expect(try await bench.paths(in: "/", space: space).count == 57)
    }

    @Test func noByteOfAnEmbeddingIsLeftThatAnotherTookThePlaceOf() async throws {
        let bench = try EmbeddedBench()
        try await record(0..<60, in: bench)
        try await bench.record(.photo(path(30), 30, embedded: values(61)), space: space)
        #expect(try isThere(30, in: bench))
        try await bench.catalogue.erase()
        #expect(try !isThere(30, in: bench))
        #expect(try isThere(61, in: bench))
    }

    @Test func noByteOfASpaceIsLeft() async throws {
        let bench = try EmbeddedBench()
        try await record(0..<60, in: bench)
        try await bench.catalogue.forget([space])
        try await bench.catalogue.erase()
        for number in 0..<60 { #expect(try !isThere(number, in: bench)) }
    }

    @Test func thoseWhoAreReadingAreWaitedFor() async throws {
        let bench = try EmbeddedBench()
        let (space, reader) = (space, try bench.again().catalogue)
        try await record(0..<60, in: bench)
        let (started, start) = AsyncStream<Void>.makeStream()
        let reading = Task {
            try await reader.snapshot(of: space, into: 0) { count, _, _ in
                start.yield()
                Thread.sleep(forTimeInterval: 0.005)
                count += 1
            }
        }
        for await _ in started { break }
        _ = try await bench.catalogue.forget(photos: [path(30)])
        try await bench.catalogue.erase()
        #expect(try !isThere(30, in: bench))
        #expect(try await reading.value.result == 60)
    }

    private func record(_ numbers: Range<Int>, in bench: EmbeddedBench) async throws {
        for number in numbers {
            try await bench.record(.photo(path(number), number, embedded: values(number)), space: space)
        }
    }

    private func path(_ number: Int) -> FilePath { FilePath("/shop/\(number).jpg") }

    /// The same bytes again and again, which nothing else in the file has.
    private func values(_ number: Int) -> [Float] {
        Array(repeating: Float(bitPattern: pattern(number)), count: space.dimension)
    }

    private func pattern(_ number: Int) -> UInt32 { 0x3F5A_C700 + UInt32(number) }

    /// Whether any eight bytes of an embedding are in any file beside the catalogue.
    private func isThere(_ number: Int, in bench: EmbeddedBench) throws -> Bool {
        let bytes = withUnsafeBytes(of: pattern(number).littleEndian) { Data($0) + Data($0) }
        let files = try FileManager.default.subpathsOfDirectory(atPath: bench.folder.path.string)
        return files.contains { name in
            // Folders have no bytes.
            let file = try? Data(contentsOf: URL(fileURLWithPath: bench.folder.path.pushing(FilePath(name)).string))
            return file?.range(of: bytes) != nil
        }
    }
}
