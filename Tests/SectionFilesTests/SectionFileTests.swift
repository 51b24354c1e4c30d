import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import SectionFiles

private let golden = FilePath(#filePath).removingLastComponent().pushing("Goldens/three.sections")
private let goldenIdentity = SectionFile.Identity(bytes: Array(0..<16))!
private let goldenContents = [("page", counting(4096)), ("nothing", []), ("fifteen-letters", counting(4097))]

@Suite struct SectionFileTests {
    private let folder = TemporaryFolder()
    private var path: FilePath { folder.appending("file") }

    /// Written in Python, by Scripts/make-section-files.py.
    @Test func holdsWhatPythonWrote() throws {
        let file = try SectionFile(mapping: golden, kind: "eight-8.")
        #expect(file.identity == goldenIdentity)
        #expect(file.sections.map(\.name) == goldenContents.map(\.0))
        for (section, contents) in zip(file.sections, goldenContents) {
            try section.verify()
            #expect(section.contents == contents.1)
        }
    }

    @Test func isWrittenAsPythonWritesIt() throws {
        var writer = try SectionFileWriter(path, kind: "eight-8.", identity: goldenIdentity)
        for (name, contents) in goldenContents {
            try writer.begin(name)
            try writer.append(contents)
        }
        try writer.finish()
        #expect(try bytes(ofFileAt: path) == bytes(ofFileAt: golden))
    }

    @Test(arguments: 1...60)
    func givesBackWhatWasWritten(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let sections = Self.sections(using: &random)
        try write(sections, to: path, in: [1, 7, 4096, 5000, .max].randomElement(using: &random)!)
        let file = try SectionFile(mapping: path, kind: kind)
        #expect(file.identity == identity)
        #expect(file.sections.map(\.name) == sections.map(\.name))
        for (section, written) in zip(file.sections, sections) {
            try section.verify()
            #expect(section.contents == written.bytes)
            #expect(Int(bitPattern: section.bytes.baseAddress).isMultiple(of: 4096))
        }
    }

    private static func sections(using random: inout SeededRandom) -> [Contents] {
        let count = [0, 1, 2, 5, 12].randomElement(using: &random)!
        return (0..<count).map { index in
            let edge = [0, 1, 4095, 4096, 4097, 8191, 8192, 8193].randomElement(using: &random)!
            let length = Bool.random(using: &random) ? edge : Int.random(in: 0...20_000, using: &random)
            return ("section-\(index)", (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
    }

    @Test func hasAsManySectionsAsItsHeaderHasRoomFor() throws {
        let sections = (0..<100).map { ("\($0)", [UInt8(clamping: $0)]) }
        try write(sections, to: path)
        let file = try SectionFile(mapping: path, kind: kind)
        #expect(file.sections.map(\.contents) == sections.map(\.1))
    }

    @Test func findsSectionsByTheirNames() throws {
        try write([("one", [1]), ("two", [2])], to: path)
        let file = try SectionFile(mapping: path, kind: kind)
        #expect(try file.section("two").contents == [2])
        let error = #expect(throws: SectionFileError.missing(path, section: "three")) { try file.section("three") }
        #expect(error?.description == "\(path) has no section “three”")
    }

    @Test func refusesAFileOfAnotherKind() throws {
        try write([("one", [1])], to: path)
        let error = #expect(throws: SectionFileError.otherKind(path, found: "test", expected: "tests")) {
            try SectionFile(mapping: path, kind: "tests")
        }
        #expect(error?.description == "\(path) holds “test” and not “tests”")
    }

    @Test func staysReadableWhenAnotherTakesItsPlace() throws {
        try write([("one", counting(10_000))], to: path)
        let old = try SectionFile(mapping: path, kind: kind)
        try write([("one", [9])], to: path)
        #expect(try SectionFile(mapping: path, kind: kind).section("one").contents == [9])
        try old.section("one").verify()
        #expect(try old.section("one").contents == counting(10_000))
    }

    @Test func staysReadableWhenItIsDeleted() throws {
        try write([("one", counting(10_000))], to: path)
        let section = try SectionFile(mapping: path, kind: kind).section("one")
        try FileManager.default.removeItem(atPath: path.string)
        section.release()
        try section.verify()
        #expect(section.contents == counting(10_000))
    }

    @Test func identitiesHaveSixteenBytes() {
        #expect(SectionFile.Identity(bytes: Array(repeating: 1, count: 15)) == nil)
        #expect(SectionFile.Identity(bytes: Array(repeating: 1, count: 17)) == nil)
    }
}
