import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SectionFiles

/// What is done to a sound file, and what is said of it then.
struct Damage: Sendable, CustomTestStringConvertible {
    let name: String
    let sentence: String
    let change: @Sendable (inout [UInt8]) -> Void

    var testDescription: String { name }

    init(_ name: String, says sentence: String, _ change: @escaping @Sendable (inout [UInt8]) -> Void) {
        (self.name, self.sentence, self.change) = (name, sentence, change)
    }

    static func length(_ length: Int, says sentence: String) -> Damage {
        Damage("\(length) bytes", says: sentence) { bytes in
            bytes = Array(bytes.prefix(length)) + [UInt8](repeating: 0, count: max(0, length - bytes.count))
        }
    }

    /// Writes a number, and the checksum that the header has with it: a lie, not an accident.
    static func lie(_ name: String, _ number: some FixedWidthInteger & Sendable, at place: Int, says sentence: String)
        -> Damage
    {
        lie("\(name) \(number)", withUnsafeBytes(of: number.littleEndian) { Array($0) }, at: place, says: sentence)
    }

    static func lie(_ name: String, _ lie: [UInt8], at place: Int, says sentence: String) -> Damage {
        Damage(name, says: sentence) { bytes in
            bytes.replaceSubrange(place..<place + lie.count, with: lie)
            let checksum = bytes[..<4088].withUnsafeBytes(Checksum.of).littleEndian
            withUnsafeBytes(of: checksum) { bytes.replaceSubrange(4088..<4096, with: $0) }
        }
    }
}

extension Damage {
    /// 5000 bytes at 4096, none at 12288, 4096 at 12288.
    static let sections = [("one", counting(5000)), ("nothing", []), ("two", counting(4096))]

    static let lengths =
        [0, 1, 7].map { length($0, says: "is no file of sections: it begins with other bytes") }
        + [8, 11, 12, 16, 31, 32, 40, 48, 63, 64, 104, 183, 184, 4087, 4088, 4095].map {
            length($0, says: "has \($0) bytes where there should be 4096: it was cut off or added to")
        }
        + [4096, 4097, 9095, 9096, 12287, 12288, 16383, 16385, 20480].map {
            length($0, says: "has \($0) bytes where there should be 16384: it was cut off or added to")
        }

    static let header = [
        Damage("another beginning", says: "is no file of sections") { $0[0] ^= 0x20 },
        Damage("zeros", says: "is no file of sections") { $0 = [UInt8](repeating: 0, count: $0.count) },
        Damage("no checksum", says: "its header does not have the checksum") {
            $0.replaceSubrange(4088..<4096, with: repeatElement(0, count: 8))
        },
        Damage("another identity", says: "its header does not have the checksum") { $0[20] ^= 1 },
        lie("version", UInt32(0), at: 8, says: "has version 0 of its format, and only version 1 is known here"),
        lie("version", UInt32(2), at: 8, says: "has version 2 of its format"),
        lie("version", UInt32.max, at: 8, says: "has version 4294967295 of its format"),
        lie("sections", UInt32(0), at: 12, says: "its sections end at byte 4096, and the file at byte 16384"),
        lie("sections", UInt32(2), at: 12, says: "its sections end at byte 12288, and the file at byte 16384"),
        lie("sections", UInt32(4), at: 12, says: "its header has something that is no name at byte 184"),
        lie("sections", UInt32(101), at: 12, says: "it claims 101 sections, and a header has room for 100"),
        lie("sections", UInt32.max, at: 12, says: "it claims 4294967295 sections"),
        lie("kind", Array("other".utf8), at: 32, says: "holds “other” and not “test”"),
        lie("kind", Array("TEST".utf8), at: 32, says: "holds “TEST” and not “test”"),
        lie("kind", Array("testtest".utf8), at: 32, says: "holds “testtest” and not “test”"),
        lie("no kind", UInt64(0), at: 32, says: "its header has something that is no name at byte 32"),
        lie("kind of two words", Array("t st".utf8), at: 32, says: "something that is no name at byte 32"),
        lie("kind that is no text", [0xFF, 0xFE, 0xC0], at: 32, says: "something that is no name at byte 32"),
        lie("kind with more behind it", Array("test\0t".utf8), at: 32, says: "bytes where nothing should be"),
        lie("length", UInt64(0), at: 40, says: "has 16384 bytes where there should be 0"),
        lie("length", UInt64(4096), at: 40, says: "has 16384 bytes where there should be 4096"),
        lie("length", UInt64(16385), at: 40, says: "has 16384 bytes where there should be 16385"),
        lie("length", UInt64.max, at: 40, says: "has 16384 bytes where there should be 18446744073709551615"),
        lie("byte before the table", [1], at: 48, says: "its header has bytes where nothing should be"),
        lie("byte in front of the table", [1], at: 63, says: "its header has bytes where nothing should be"),
        lie("byte behind the table", [1], at: 184, says: "its header has bytes where nothing should be"),
        lie("byte in front of the checksum", [1], at: 4087, says: "its header has bytes where nothing should be"),
    ]

    static let table = [
        lie("no name", [0], at: 64, says: "its header has something that is no name at byte 64"),
        lie("name of a space", [0x20], at: 64, says: "its header has something that is no name at byte 64"),
        lie("name that is no text", [0xFF], at: 104, says: "its header has something that is no name at byte 104"),
        lie("name with more behind it", [1], at: 70, says: "its header has bytes where nothing should be"),
        lie("name of 16 letters", Array("sixteen-letters.".utf8), at: 64, says: "bytes where nothing should be"),
        lie("name given twice", Array("one".utf8), at: 144, says: "two of its sections have the same name"),
        lie("offset", UInt64(0), at: 80, says: "“one” begins at byte 0 and not at byte 4096, where it should"),
        lie("offset", UInt64(4095), at: 80, says: "“one” begins at byte 4095 and not at byte 4096"),
        lie("offset in the middle of a page", UInt64(4100), at: 80, says: "“one” begins at byte 4100 and not at"),
        lie("offset with a gap", UInt64(8192), at: 80, says: "“one” begins at byte 8192 and not at byte 4096"),
        lie("offset behind the file", UInt64(16384), at: 80, says: "“one” begins at byte 16384 and not at"),
        lie("offset", UInt64(1) << 63, at: 80, says: "“one” begins at byte 9223372036854775808 and not at"),
        lie("offset", UInt64.max, at: 80, says: "“one” begins at byte 18446744073709551615 and not at"),
        lie("offset that wraps around", UInt64.max - 4095, at: 160, says: "“two” begins at byte 18446744073709547520"),
        lie("offset into another section", UInt64(8192), at: 160, says: "“two” begins at byte 8192 and not at"),
        lie("offset out of order", UInt64(4096), at: 160, says: "“two” begins at byte 4096 and not at byte 12288"),
        lie(
            "length short of a page", UInt64(4000), at: 88, says: "“nothing” begins at byte 12288 and not at byte 8192"),
        lie("length over a page", UInt64(8193), at: 88, says: "“nothing” begins at byte 12288 and not at byte 16384"),
        lie("length to the end", UInt64(12288), at: 88, says: "“nothing” begins at byte 12288 and not at byte 16384"),
        lie("length over the end", UInt64(12289), at: 88, says: "“one” has 12289 bytes, more than the file has behind"),
        lie("length", UInt64(1) << 63, at: 88, says: "“one” has 9223372036854775808 bytes, more than the file has"),
        lie("length", UInt64.max, at: 88, says: "“one” has 18446744073709551615 bytes, more than the file has"),
        lie("length that wraps around", UInt64.max - 4095, at: 88, says: "“one” has 18446744073709547520 bytes"),
        lie("length of nothing", UInt64(1), at: 128, says: "“two” begins at byte 12288 and not at byte 16384"),
        lie("no length", UInt64(0), at: 168, says: "its sections end at byte 12288, and the file at byte 16384"),
        lie("length over the end by one", UInt64(4097), at: 168, says: "“two” has 4097 bytes, more than the file has"),
        lie("two sections for each other", Array("two".utf8), at: 64, says: "two of its sections have the same name"),
    ]

    static let all = lengths + header + table
}

@Suite struct DamagedSectionFileTests {
    private let folder = TemporaryFolder()
    private var path: FilePath { folder.appending("file") }

    private func soundBytes() throws -> [UInt8] {
        try write(Damage.sections, to: path)
        return try bytes(ofFileAt: path)
    }

    @Test(arguments: Damage.all)
    func isRefusedWithASentence(damage: Damage) throws {
        var bytes = try soundBytes()
        damage.change(&bytes)
        let damaged = try folder.write(bytes, to: "damaged")
        let error = #expect(throws: SectionFileError.self) { try SectionFile(mapping: damaged, kind: kind) }
        let description = try #require(error).description
        #expect(description.hasPrefix("\(damaged) "))
        #expect(description.contains(damage.sentence), "\(description)")
    }

    /// One bit of each byte, and another one in the next.
    @Test func isRefusedWhicheverByteOfItsHeaderIsAnother() throws {
        var bytes = try soundBytes()
        let believed = stride(from: 0, to: 8 * 4096, by: 7).filter { bit in
            bytes[bit / 8] ^= 1 << (bit % 8)
            defer { bytes[bit / 8] ^= 1 << (bit % 8) }
            return (try? header(of: bytes)) != nil
        }
        #expect(believed == [])
        #expect(try header(of: bytes).entries.map(\.name) == ["one", "nothing", "two"])
    }

    /// Nothing that a lying header says is read before it was compared with the file.
    @Test func isReadOrRefusedWhateverItsHeaderSays() throws {
        var random = SeededRandom(seed: 11)
        let whole = try soundBytes()
        for _ in 0..<1000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let wrong = [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)]
                let place = Int.random(in: 12..<200, using: &random)
                Damage.lie("", [wrong.randomElement(using: &random)!], at: place, says: "").change(&bytes)
            }
            guard let entries = try? header(of: bytes).entries else { continue }
            #expect(entries.allSatisfy { (4096...16384).contains($0.range.upperBound) })
        }
    }

    private func header(of bytes: [UInt8]) throws -> SectionFileHeader {
        try bytes.withUnsafeBytes { try SectionFileHeaderReader(path: path, file: $0).header(ofKind: kind) }
    }

    @Test func isFoundToHaveAnotherChecksumOnlyWhenItIsVerified() throws {
        var bytes = try soundBytes()
        Damage.lie("checksum", UInt64(0), at: 96, says: "").change(&bytes)
        let file = try SectionFile(mapping: folder.write(bytes, to: "damaged"), kind: kind)
        #expect(file.sections.map(\.isAsWritten) == [false, true, true])
    }

    @Test func isNoFileAtAll() {
        let path = folder.appending("none")
        let error = #expect(throws: SectionFileError.unreadable(path, .noSuchFileOrDirectory)) {
            try SectionFile(mapping: path, kind: kind)
        }
        #expect(error?.description == "\(path) cannot be read: No such file or directory")
    }

    @Test func isAFolder() {
        let error = #expect(throws: SectionFileError.self) { try SectionFile(mapping: folder.path, kind: kind) }
        #expect(error?.description == "\(folder.path) cannot be read: it is no file that can be mapped into memory")
    }

    @Test(.timeLimit(.minutes(20)))
    func isAPipeThatNobodyWritesTo() {
        mkfifo(path.string, 0o600)
        let error = #expect(throws: SectionFileError.self) { try SectionFile(mapping: path, kind: kind) }
        #expect(error?.description == "\(path) cannot be read: it is no file that can be mapped into memory")
    }

    @Test func isADevice() {
        #expect(throws: SectionFileError.self) { try SectionFile(mapping: "/dev/zero", kind: kind) }
    }

    @Test func isAFileThatMayNotBeRead() async {
        await #expect(processExitsWith: .success) {
            let folder = TemporaryFolder()
            let path = folder.appending("file")
            try write([("one", [1])], to: path)
            chmod(path.string, 0)
            let error = asNobody {
                #expect(throws: SectionFileError.unreadable(path, .permissionDenied)) {
                    try SectionFile(mapping: path, kind: kind)
                }
            }
            #expect(error?.description == "\(path) cannot be read: Permission denied")
        }
    }
}
