import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SectionFiles

@Suite struct SectionTests {
    private let folder = TemporaryFolder()
    private var path: FilePath { folder.appending("file") }

    private func section(_ contents: [UInt8]) throws -> SectionFile.Section {
        try write([("before", [1]), ("it", contents)], to: path)
        return try SectionFile(mapping: path, kind: kind).section("it")
    }

    @Test func isAnArrayOfWhatWasWritten() throws {
        let values = (0..<1000).map { Float($0) / 3 }
        var writer = try SectionFileWriter(path, kind: kind, identity: identity)
        try writer.begin("values")
        try writer.append(values)
        try writer.finish()
        let section = try SectionFile(mapping: path, kind: kind).section("values")
        defer { withExtendedLifetime(section) {} }
        #expect(try Array(section.values(of: Float.self, count: 1000)) == values)
        #expect(try section.values(of: SIMD4<Float>.self, count: 250)[249] == SIMD4(values.suffix(4)))
    }

    @Test func isNoArrayOfAnotherLength() throws {
        let section = try section(counting(12))
        for count in [-1, 0, 2, 4, .max, .min, .max / 4 + 4] {
            #expect(throws: SectionFileError.self, "\(count) values") {
                try section.values(of: Float.self, count: count)
            }
        }
        let error = #expect(throws: SectionFileError.self) { try section.values(of: Double.self, count: 1) }
        #expect(error?.description == "section “it” of \(path) has 12 bytes, which are not 1 values of 8")
        #expect(try self.section([]).values(of: Double.self, count: 0).isEmpty)
    }

    /// Each byte of the sections and of the zeros behind them is of one section that is no longer sound.
    @Test func isNotAsWrittenOnceABitIsAnother() throws {
        try write([("one", counting(5000)), ("nothing", []), ("two", counting(4096))], to: path)
        let whole = try bytes(ofFileAt: path)
        for place in stride(from: 4096, to: whole.count, by: 41) {
            let changed = path.string + " \(place)"
            var bytes = whole
            bytes[place] ^= 1 << (place % 8)
            try Data(bytes).write(to: URL(fileURLWithPath: changed))
            let file = try SectionFile(mapping: FilePath(changed), kind: kind)
            let damaged = file.sections.filter { !$0.isAsWritten }.map(\.name)
            #expect(damaged == [place < 12288 ? "one" : "two"], "byte \(place)")
            try FileManager.default.removeItem(atPath: changed)
        }
    }

    @Test func saysWhichOneIsDamaged() throws {
        try write([("one", counting(5000))], to: path)
        var bytes = try bytes(ofFileAt: path)
        bytes[5000] ^= 1
        let changed = try folder.write(bytes, to: "changed")
        let section = try SectionFile(mapping: changed, kind: kind).section("one")
        let error = #expect(throws: SectionFileError.damaged(changed, section: "one")) { try section.verify() }
        #expect(
            error?.description
                == "\(changed) is damaged: its section “one” does not have the checksum that it was written with")
    }

    #if canImport(Glibc)
        @Test func takesNoMemoryOnceItIsReleased() throws {
            let section = try section(counting(4 << 20))
            try section.verify()
            #expect(try Mapping(of: section).residentKilobytes >= 4096)
            section.release()
            #expect(try Mapping(of: section).residentKilobytes < 64)
            #expect(section.contents == counting(4 << 20))
        }
    #endif

    @Test(arguments: [0, 1, 4096, 4097])
    func canBeReleasedWhateverItsLength(length: Int) throws {
        let section = try section(counting(length))
        section.release()
        #expect(section.contents == counting(length))
    }
}

#if canImport(Glibc)
    /// What the system says of the memory that a section is mapped to (proc(5), smaps).
    private struct Mapping {
        private var fields: [String: String] = [:]

        init(of section: SectionFile.Section) throws {
            let address = UInt(bitPattern: section.bytes.baseAddress)
            let listing = try #require(try FileHandle(forReadingAtPath: "/proc/self/smaps")?.readToEnd())
            var isWanted = false
            for line in String(decoding: listing, as: UTF8.self).split(separator: "\n") {
                let words = line.split(separator: " ", omittingEmptySubsequences: true)
                let ends = words[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
                if ends.count == 2 { isWanted = (ends[0]..<ends[1]).contains(address) }
                if isWanted { fields[String(words[0])] = words.dropFirst().joined(separator: " ") }
            }
        }

        var residentKilobytes: Int { fields["Rss:"]?.split(separator: " ").first.flatMap { Int($0) } ?? -1 }
    }
#endif
