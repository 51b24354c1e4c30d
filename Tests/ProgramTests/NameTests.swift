import Foundation
import SystemPackage
import TestSupport
import Testing

/// Names that break lists, tables, pages and spreadsheets.
@Suite struct NameTests {
    private static let names: [[UInt8]] =
        [
            "new\nline", "tab\there", "quote'\"", "=1+1", "<img src=x onerror=alert(1)>", "esc\u{1B}[31m",
            "comma, semicolon;",
            "\u{202E}gpj.evil", "日本語", "-rf", "a\\b", "100%s%n",
        ].map { Array("\($0).png".utf8) } + [[0x63, 0xE9] + Array(".png".utf8), [0xFF, 0xFE] + Array(".png".utf8)]

    @Test func comeBackByteForByte() throws {
        let bench = try bench()
        let search: [Argument] = ["search", "query.png", "--photos", ".", "-k", "100", "--format"]
        let json = try bench.start(search + ["json"]).outcome().answer(0).results.map(\.place.bytes)
        let csv = Self.paths(inCSV: try bench.start(search + ["csv"]).outcome().output)
        let list = try bench.start(search + ["paths", "-0"]).outcome().output.split(separator: 0).map(Array.init)
        let expected = Set(Self.names.map { Array("./".utf8) + $0 })
        #expect(Set(json) == expected)
        #expect(Set(csv) == expected)
        #expect(Set(list) == expected)
    }

    @Test func areNoFormulasInASpreadsheet() throws {
        let bench = try bench()
        try bench.put(Swatch(50).png, at: "=2+2/1.png")
        let text = try bench.run("search", "=1+1.png", "--photos", "=2+2", "--format", "csv").text
        #expect(text.contains(#"\#r\#n"./=1+1.png",1,"#))
        #expect(text.contains(#","./=2+2/1.png""#))
    }

    @Test func areShownWithEscapesToPeople() throws {
        let bench = try bench()
        let outcome = try bench.run(
            "search", "query.png", "--photos", ".", "-k", "100", "--html", "page.html", "--sheet", "s.png")
        #expect(outcome.status == 0)
        for shown in [#"new\x0aline"#, #"tab\x09here"#, #"esc\x1b[31m"#, #"\u{202e}gpj.evil"#, #"c\xe9.png"#, "日本語"] {
            #expect(outcome.text.contains(shown))
        }
        let page = try contents(of: bench.folder.appending("page.html"))
        for bytes in [outcome.output, Array(outcome.messages.utf8), page] {
            let hasEscapes = bytes.contains(0x1B)
            #expect(!hasEscapes)
        }
        let text = String(decoding: page, as: UTF8.self)
        let hasForeignPicture = text.contains("<img src=x")
        #expect(!hasForeignPicture)
        #expect(text.contains("&lt;img src=x onerror=alert(1)&gt;"))
        #expect(text.contains("quote&#39;&quot;"))
        let turnsLines = text.unicodeScalars.contains("\u{202E}")
        #expect(!turnsLines)
    }

    @Test func areShownWithEscapesWhileIndexing() throws {
        let bench = try bench()
        for name in Self.names { try bench.put([0x41], at: name) }
        let outcome = try bench.run("index", ".")
        #expect(outcome.messages.contains(#"/new\x0aline.png: not a photo"#))
        #expect(!Array(outcome.messages.utf8).contains(0x1B))
        #expect(outcome.text.contains("\(Self.names.count) skipped"))
    }

    @Test func ofQueriesNeedNotBeText() throws {
        let bench = try bench()
        let name = FilePath(Self.names[Self.names.count - 2])
        let outcome = try bench.run("search", .path(name), "--photos", ".", "-k", "3")
        withKnownIssue("Swift's CommandLine.arguments are text") {
            #expect(outcome.status == 0)
            #expect(outcome.text.contains(#"identical  ./c\xe9.png"#))
        }
    }

    private func bench() throws -> Workbench {
        let bench = Workbench()
        for (seed, name) in Self.names.enumerated() { try bench.put(Swatch(seed).png, at: name) }
        try bench.put(Swatch(99).png, at: "query.png")
        return bench
    }

    /// The last cells of all lines but the first.
    private static func paths(inCSV bytes: [UInt8]) -> [[UInt8]] {
        let quote = UInt8(ascii: "\"")
        let rows = bytes.split(separator: Array("\r\n".utf8)).dropFirst()
        return rows.map { row in
            let cell = row[row.firstRange(of: Array(",\"".utf8))!.upperBound...].dropLast()
            return cell.split(separator: [quote, quote], omittingEmptySubsequences: false).map(Array.init)
                .joined(separator: [quote]).map { $0 }
        }
    }
}

extension FilePath {
    /// One name of these bytes.
    fileprivate init(_ bytes: [UInt8]) {
        self = (bytes + [0]).map { CChar(bitPattern: $0) }.withUnsafeBufferPointer {
            FilePath(platformString: $0.baseAddress!)
        }
    }
}

extension Workbench {
    /// Writes a file whose name need not be text.
    fileprivate func put(_ bytes: [UInt8], at name: [UInt8]) throws {
        let path = folder.path.appending(FilePath(name).components)
        let file = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
        try file.closeAfter { _ = try file.writeAll(bytes) }
    }
}
