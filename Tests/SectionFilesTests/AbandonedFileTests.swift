import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SectionFiles

@Suite struct AbandonedFileTests {
    private let folder = TemporaryFolder()

    /// As a killed process leaves it.
    @discardableResult
    private func abandon(_ name: String) throws -> FilePath { try folder.write(counting(5000), to: name) }

    @Test func areRemoved() throws {
        let files = try [abandon("unfinished-sections-0"), abandon("unfinished-sections-ffffffffffffffff")]
        #expect(try Set(SectionFileWriter.removeAbandonedFiles(in: folder.path)) == Set(files))
        #expect(try names(in: folder.path) == [])
    }

    @Test func areWhatAKilledProcessLeaves() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.appending("file").string as String] in
            var writer = try SectionFileWriter(FilePath(path), kind: kind, identity: identity)
            try writer.begin("one")
            try writer.append(counting(3 << 20))
            kill(getpid(), SIGKILL)
        }
        let left = try names(in: folder.path)
        #expect(left.count == 1 && !left.contains("file"))
        #expect(try SectionFileWriter.removeAbandonedFiles(in: folder.path) == left.map(folder.appending))
        #expect(try names(in: folder.path) == [])
    }

    @Test func areNotThoseThatSomebodyWrites() throws {
        try abandon("unfinished-sections-abc")
        var writer = try SectionFileWriter(folder.appending("file"), kind: kind, identity: identity)
        #expect(try SectionFileWriter.removeAbandonedFiles(in: folder.path).count == 1)
        try writer.begin("one")
        try writer.append([1 as UInt8])
        try writer.finish()
        #expect(try SectionFile(mapping: folder.appending("file"), kind: kind).section("one").contents == [1])
    }

    @Test func areNotFilesOfOtherNamesOrKinds() throws {
        try abandon("file")
        try abandon("unfinished-sections-")
        try abandon("unfinished-sections-xyz")
        let names = ["unfinished-sections-1", "unfinished-sections-2", "unfinished-sections-3"].map(folder.appending)
        mkfifo(names[0].string, 0o600)
        symlink(folder.appending("file").string, names[1].string)
        mkdir(names[2].string, 0o700)
        #expect(try SectionFileWriter.removeAbandonedFiles(in: folder.path) == [])
        #expect(try SectionFilesTests.names(in: folder.path).count == 6)
    }

    @Test func areLookedForInAFolderThatIsThere() {
        let path = folder.appending("none")
        #expect(throws: SectionFileError.unreadable(path, .noSuchFileOrDirectory)) {
            try SectionFileWriter.removeAbandonedFiles(in: path)
        }
    }
}
