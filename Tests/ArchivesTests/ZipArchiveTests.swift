import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Archives

private let goldens = FilePath(#filePath).removingLastComponent().appending("Goldens")

/// The archives in a folder of Goldens, by name.
private func archives(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: goldens.appending(folder).string).sorted()
}

/// What Python's zipfile took out of each archive, in base 64 (Scripts/make-weight-files.py).
private func expectedFiles() throws -> [String: [String: String]] {
    try golden([String: [String: String]].self, at: goldens.appending("expected.json"))
}

@Suite struct ZipArchiveTests {
    @Test(arguments: try expectedFiles())
    func takesOutWhatPythonTakesOut(name: String, files: [String: String]) throws {
        let archive = try ZipArchive(mapping: goldens.appending(name))
        let contents = try archive.entries.mapValues { Data(try archive.contents(of: $0, limit: 1000)) }
        #expect(contents.mapValues { $0.base64EncodedString() } == files)
    }

    @Test(arguments: try archives(in: "hostile"))
    func refusesAnArchiveThatLies(name: String) {
        let path = goldens.pushing(FilePath("hostile/\(name)"))
        let error = #expect(throws: ArchiveError.self) { try ZipArchive(mapping: path) }
        #expect(error?.description.hasPrefix("\(path) cannot be used: not a sound zip archive") == true)
    }

    @Test(arguments: try archives(in: "damaged"))
    func refusesToTakeOutAFileThatIsDamaged(name: String) throws {
        let archive = try ZipArchive(mapping: goldens.pushing(FilePath("damaged/\(name)")))
        #expect(throws: ArchiveError.self) { try archive.contents(of: archive.entry("text"), limit: 10_000) }
    }

    @Test func saysHowLargeAFileIsThatIsTooLarge() throws {
        let archive = try ZipArchive(mapping: goldens.pushing(FilePath("damaged/bomb.zip")))
        let entry = try archive.entry("text")
        #expect(throws: ArchiveError.tooLarge("text", size: 8_000_000, limit: 7_999_999)) {
            try archive.contents(of: entry, limit: 7_999_999)
        }
        #expect(try archive.contents(of: entry, limit: 8_000_000).count == 8_000_000)
    }

    /// Memory for what is claimed would be taken before anything is inflated.
    @Test func claimsNoMoreMemoryThanAFileCanInflateTo() throws {
        let path = goldens.pushing(FilePath("damaged/deflated-claiming-10-to-9-bytes.zip"))
        let archive = try ZipArchive(mapping: path)
        #expect(throws: ArchiveError.self) { try archive.contents(of: archive.entry("text"), limit: .max) }
    }

    @Test func lendsTheBytesOfAStoredFile() throws {
        let bytes = try contents(of: goldens.appending("stored.zip"))
        let archive = try ZipArchive(MemoryBlock(bytes))
        let entry = try archive.entry("größe 👕")
        #expect(try bytes[archive.range(ofStored: entry)].elementsEqual(0...255))
    }

    @Test func lendsNoFileThatIsCompressed() throws {
        let archive = try ZipArchive(mapping: goldens.appending("deflated.zip"))
        #expect(throws: ArchiveError.unsupported("folder/text", reason: "is compressed")) {
            try archive.range(ofStored: archive.entry("folder/text"))
        }
    }

    @Test func namesAFileThatIsMissing() throws {
        let archive = try ZipArchive(mapping: goldens.appending("stored.zip"))
        #expect(throws: ArchiveError.missing("none")) { try archive.entry("none") }
    }

    @Test func namesAnArchiveThatIsMissing() {
        let path = TemporaryFolder().appending("none.zip")
        #expect(throws: ArchiveError.unreadable(path, reason: "No such file or directory")) {
            try ZipArchive(mapping: path)
        }
    }

    @Test(arguments: ["put-together-by-hand.zip", "large-by-hand.zip", "streamed.zip"])
    func refusesEveryPartOfAnArchive(name: String) throws {
        let whole = try contents(of: goldens.appending(name))
        for length in 0..<whole.count {
            #expect(throws: ArchiveError.self, "\(length) bytes") {
                try ZipArchive(MemoryBlock(Array(whole.prefix(length))))
            }
        }
    }

    /// Whatever one byte of an archive becomes, files are taken out of it as they were or not at all.
    @Test(arguments: ["put-together-by-hand.zip", "large-by-hand.zip", "deflated.zip"])
    func takesOutNothingThatAWrongByteChanged(name: String) throws {
        let whole = try contents(of: goldens.appending(name))
        let files = try Set(#require(expectedFiles()[name]).values)
        var random = SeededRandom(seed: 3)
        for place in whole.indices {
            for wrong in [0, 0xFF, 0x80, UInt8.random(in: 0...255, using: &random)] {
                var bytes = whole
                bytes[place] = wrong
                #expect(takenOut(of: bytes).isSubset(of: files), "byte \(place) is \(wrong)")
            }
        }
    }

    private func takenOut(of bytes: [UInt8]) -> Set<String> {
        guard let archive = try? ZipArchive(MemoryBlock(bytes)) else { return [] }
        let contents = archive.entries.values.compactMap { try? archive.contents(of: $0, limit: 1000) }
        return Set(contents.map { Data($0).base64EncodedString() })
    }
}
