import Foundation
import SystemPackage
import TestSupport
import Testing

/// Catalogues that are checked, sound and damaged.
@Suite struct VerifyTests {
    @Test func aSoundCatalogueIsSoundBeforeAndAfterItIsCompacted() throws {
        let bench = try Workbench(photos: 5)
        _ = try bench.run("index", "shop")
        let before = try verify(bench)
        #expect(before.status == 0)
        #expect(before.text.hasPrefix("Checked 5 photos, 5 embeddings of 1 model, 0 segments of indexes; "))
        _ = try bench.run("compact")
        let after = try verify(bench)
        #expect(after.status == 0)
        #expect(after.text.contains("5 embeddings of 1 model, 1 segment of indexes"))
        #expect(after.text.hasSuffix("is sound.\n"))
    }

    @Test func aDamagedVectorIsFoundAndItsIndexMadeAnew() throws {
        let bench = try compacted()
        let segment = try #require(bench.indexFiles.first)
        try flip(segment, at: -5000)
        let outcome = try verify(bench)
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("index: \(segment) is damaged: its section "))
        #expect(outcome.text.contains("makes it anew"))
        #expect(bench.indexFiles.isEmpty)
        #expect(try verify(bench).status == 0)
        #expect(try bench.search("shop/1.png").results.count == 4)
    }

    @Test func aMissingIndexIsFoundAndMadeAnew() throws {
        let bench = try compacted()
        try FileManager.default.removeItem(atPath: bench.index.string)
        let outcome = try verify(bench)
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("No such file"))
        #expect(try bench.search("shop/1.png").results.count == 4)
    }

    @Test func anEmbeddingThatIsNoLongerWhatItWasIsFound() throws {
        let bench = try compacted()
        let vector = try bench.vector(of: "shop/3.png")
        let file = try contents(of: bench.catalogue)
        let place = try #require(Data(file).range(of: vector)).lowerBound
        try flip(bench.catalogue, at: place)
        let outcome = try verify(bench)
        #expect(outcome.status == 2)
        #expect(outcome.text.contains("catalogue: 1 embeddings of “colour-layout r1” are not what"))
    }

    @Test func aCatalogueThatSQLiteFindsDamagedIsNamed() throws {
        let bench = try Workbench(photos: 40)
        _ = try bench.run("index", "shop")
        _ = try bench.run("compact")
        let length = try contents(of: bench.catalogue).count
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: bench.catalogue.string))
        for page in 3..<length / 16384 {
            try file.seek(toOffset: UInt64(page * 16384))
            try file.write(contentsOf: Data(repeating: 0xA5, count: 100))
        }
        try file.close()
        let outcome = try verify(bench)
        #expect(outcome.status == 2)
        #expect((outcome.text + outcome.messages).contains("damaged"))
    }

    @Test func whatIsNoCatalogueIsNotMadeOne() throws {
        let bench = Workbench()
        let outcome = try verify(bench)
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("there is no catalogue"))
        #expect(!FileManager.default.fileExists(atPath: bench.catalogue.string))
        try bench.put(Array("no database at all, and long enough to be told from one".utf8), at: "catalogue.sqlite")
        #expect(try verify(bench).status == 2)
    }

    private func compacted() throws -> Workbench {
        let bench = try Workbench(photos: 5)
        _ = try bench.run("index", "shop")
        _ = try bench.run("compact")
        return bench
    }

    private func verify(_ bench: Workbench) throws -> ProgramOutcome {
        try bench.runPlainly("verify", "--catalogue", .path(bench.catalogue))
    }

    /// Changes one byte; a negative place counts from the end.
    private func flip(_ path: FilePath, at place: Int) throws {
        var bytes = try contents(of: path)
        bytes[place < 0 ? bytes.count + place : place] ^= 1
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path.string))
        try file.write(contentsOf: Data(bytes))
        try file.close()
    }
}

extension Workbench {
    /// Where what was made from the catalogue lies.
    var index: FilePath { FilePath(catalogue.string + ".index") }

    var indexFiles: [FilePath] {
        let names = FileManager.default.enumerator(atPath: index.string)?.compactMap { $0 as? String } ?? []
        return names.filter { $0.hasSuffix(".vectors") }.map { index.pushing(FilePath($0)) }
    }

    /// The bytes of a photo's embedding.
    func vector(of photo: String) throws -> Data {
        _ = try run("export", "all.npy", "--photos", "shop")
        let paths = try contents(of: folder.appending("all.paths.txt")).split(separator: UInt8(ascii: "\n"))
        let row = try #require(paths.firstIndex { String(decoding: $0, as: UTF8.self).hasSuffix("/" + photo) })
        let numbers = try contents(of: folder.appending("all.npy")).dropFirst(128)
        let length = numbers.count / paths.count
        for name in ["all.npy", "all.paths.txt", "all.json"] {
            try FileManager.default.removeItem(atPath: folder.appending(name).string)
        }
        return Data(numbers.dropFirst(row * length).prefix(length))
    }
}
