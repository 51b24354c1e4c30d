import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SectionFiles

@Suite struct SectionFileWriterTests {
    private let folder = TemporaryFolder()
    private var path: FilePath { folder.appending("file") }

    private func writer(for path: FilePath) throws -> SectionFileWriter {
        try SectionFileWriter(path, kind: kind, identity: identity)
    }

    /// Pieces shorter and longer than what is gathered before it is written.
    @Test func takesPiecesOfAnyLength() throws {
        let megabyte = 1 << 20
        let lengths = [1, megabyte - 1, megabyte, 0, 3, megabyte + 1, 4095, megabyte - 2, 5, 3 * megabyte, 1]
        var writer = try writer(for: path)
        for section in ["one", "two"] {
            try writer.begin(section)
            for (index, length) in lengths.enumerated() {
                try writer.append([UInt8](repeating: UInt8(index), count: length))
            }
        }
        try writer.finish()
        let expected = lengths.enumerated().flatMap { [UInt8](repeating: UInt8($0.offset), count: $0.element) }
        for section in try SectionFile(mapping: path, kind: kind).sections {
            try section.verify()
            #expect(section.contents == expected)
        }
    }

    @Test func writesTheSameBytesInAnyPieces() throws {
        let sections = [("one", counting(9000)), ("two", counting(100))]
        try write(sections, to: folder.appending("a"), in: 17)
        try write(sections, to: folder.appending("b"))
        #expect(try bytes(ofFileAt: folder.appending("a")) == bytes(ofFileAt: folder.appending("b")))
    }

    @Test func givesNothingItsNameBeforeItIsWhole() throws {
        var writer = try writer(for: path)
        try writer.begin("one")
        try writer.append(counting(3 << 20))
        #expect(try names(in: folder.path).contains("file") == false)
        try writer.finish()
        #expect(try names(in: folder.path) == ["file"])
    }

    @Test func leavesNothingWhenItIsLetGo() throws {
        try write([("one", [1])], to: path)
        do {
            var writer = try writer(for: path)
            try writer.begin("one")
            try writer.append(counting(3 << 20))
            #expect(try names(in: folder.path).count == 2)
        }
        #expect(try names(in: folder.path) == ["file"])
        #expect(try SectionFile(mapping: path, kind: kind).section("one").contents == [1])
    }

    @Test func writesBesideItsNameInTheWorkingFolder() throws {
        let name = "section-file-\(UInt64.random(in: 0...(.max)))"
        try write([("one", [1])], to: FilePath(name))
        defer { try? FileManager.default.removeItem(atPath: name) }
        #expect(try SectionFile(mapping: FilePath(name), kind: kind).section("one").contents == [1])
    }

    @Test(arguments: ["", "nine-char", "a b", "ü", "\0", "\n", "\u{7F}"])
    func refusesWhatIsNoKind(name: String) throws {
        let error = #expect(throws: SectionFileError.self) {
            _ = try SectionFileWriter(path, kind: name, identity: identity)
        }
        #expect(
            error?.description == "\(path) cannot be written: its kind must be 1 to 8 ASCII characters, not “\(name)”")
        #expect(try names(in: folder.path) == [])
    }

    @Test(arguments: ["", "sixteen-letters.", "a b", "ü", "\0"])
    func refusesWhatIsNoName(name: String) throws {
        var writer = try writer(for: path)
        let error = #expect(throws: SectionFileError.self) { try writer.begin(name) }
        #expect(error?.description.hasPrefix("\(path) cannot be written: a section needs a name of 1 to 15") == true)
    }

    @Test func refusesANameGivenTwice() throws {
        var writer = try writer(for: path)
        try writer.begin("one")
        #expect(throws: SectionFileError.unsuitable(path, reason: "it has a section “one” already")) {
            try writer.begin("one")
        }
    }

    @Test func refusesMoreSectionsThanItsHeaderHasRoomFor() throws {
        var writer = try writer(for: path)
        for index in 0..<100 { try writer.begin("\(index)") }
        #expect(throws: SectionFileError.unsuitable(path, reason: "it would have more than 100 sections")) {
            try writer.begin("100")
        }
    }

    @Test func takesNoBytesBeforeASectionIsBegun() async {
        await #expect(processExitsWith: .failure) {
            let folder = TemporaryFolder()
            var writer = try SectionFileWriter(folder.appending("file"), kind: kind, identity: identity)
            try writer.append([1 as UInt8])
        }
    }

    @Test(.enabled(if: SmallDisk.canBeMade, "only root can mount a small disk"), arguments: [200_000, 3_000_000])
    func saysThatTheDiskIsFull(length: Int) throws {
        let disk = try #require(SmallDisk(at: folder.appending("disk"), kilobytes: 100))
        let path = disk.path.appending("file")
        let error = #expect(throws: SectionFileError.unwritable(path, .noSpace)) {
            try write([("one", counting(length))], to: path)
        }
        #expect(error?.description.contains("the disk is full. Nothing of it is kept") == true)
        #expect(try names(in: disk.path) == [])
    }

    /// Whatever is written after a gap is of no use, however much room there is by then.
    @Test(.enabled(if: SmallDisk.canBeMade, "only root can mount a small disk"))
    func doesNotFinishOnceItHasFailed() throws {
        let disk = try #require(SmallDisk(at: folder.appending("disk"), kilobytes: 1500))
        let path = disk.path.appending("file")
        let filling = try disk.fill(1_000_000)
        var writer = try writer(for: path)
        try writer.begin("one")
        #expect(throws: SectionFileError.unwritable(path, .noSpace)) { try writer.append(counting(1_100_000)) }
        try FileManager.default.removeItem(atPath: filling.string)
        #expect(throws: SectionFileError.unwritable(path, .noSpace)) { try writer.append(counting(1_100_000)) }
        do throws(SectionFileError) {
            try writer.finish()
            Issue.record("a file with a gap is finished")
        } catch {
            #expect(error == .unwritable(path, .noSpace))
        }
        #expect(try names(in: disk.path) == [])
    }

    @Test func saysThatThereIsNoFolder() {
        let path = folder.path.pushing("none/file")
        let error = #expect(throws: SectionFileError.unwritable(path, .noSuchFileOrDirectory)) {
            _ = try writer(for: path)
        }
        #expect(error?.description == "\(path) cannot be written: No such file or directory")
    }

    @Test func saysThatAFolderHasItsName() throws {
        #expect(throws: SectionFileError.unwritable(folder.path, .isDirectory)) { try write([], to: folder.path) }
    }

    @Test func saysThatItMayNotWrite() async {
        await #expect(processExitsWith: .success) {
            let folder = TemporaryFolder()
            let path = folder.appending("file")
            chmod(folder.path.string, 0o555)
            defer { chmod(folder.path.string, 0o755) }
            let error = asNobody {
                #expect(throws: SectionFileError.unwritable(path, .permissionDenied)) {
                    _ = try SectionFileWriter(path, kind: kind, identity: identity)
                }
            }
            #expect(error?.description == "\(path) cannot be written: Permission denied")
        }
    }
}

extension SmallDisk {
    /// Takes some of the room.
    fileprivate func fill(_ count: Int) throws -> FilePath {
        let filling = path.appending("filling")
        try Data(count: count).write(to: URL(fileURLWithPath: filling.string))
        return filling
    }
}
