import Foundation
import SystemPackage
import TestSupport
import Testing

/// What `Documentation/API.md` shows is run as it stands there, in its order, and answers as it is shown.
@Suite(.enabled(if: ExampleReader.hasTools, "there is no bash, curl or python3"))
struct APIDocumentTests {
    private let examples: [DocumentExample]

    init() throws {
        examples = try DocumentExample.all(in: projectFolder.pushing("Documentation/API.md"))
        try #require(examples.contains { $0.needsViews } && examples.contains { !$0.needsViews && $0.answer != nil })
    }

    @Test func examplesWork() throws {
        let served = try ServedBench(photos: 8)
        let reader = try ExampleReader(asking: served.address, dress: Swatch(20).png, shirt: Swatch(21).png)
        for example in examples where !example.needsViews { try reader.check(example) }
    }

    @Test(
        .enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)),
        .enabled(if: RealPhotos.areThere, Comment(rawValue: RealPhotos.absence)))
    func examplesWorkWithViews() throws {
        let served = try ServedGarments()
        let reader = try ExampleReader(
            asking: served.address, dress: contents(of: ServedGarments.photo("queries/query-dress-floral-01")),
            shirt: contents(of: ServedGarments.photo("images/longsleeve-striped-04")))
        for example in examples { try reader.check(example) }
    }
}

/// A program that a document shows.
private struct DocumentExample {
    enum Language: String {
        case shell = "sh"
        case python
    }

    /// Of the document, from 1.
    let line: Int
    let language: Language
    /// Whether it asks for what only models with views can do.
    let needsViews: Bool
    let text: String
    /// JSON of the shape of what it prints; `nil` where that is not shown.
    let answer: String?

    static func all(in document: FilePath) throws -> [DocumentExample] {
        let blocks = FencedBlock.all(in: String(decoding: try contents(of: document), as: UTF8.self))
        return blocks.indices.compactMap { DocumentExample(blocks[$0], before: blocks.dropFirst($0 + 1).first) }
    }

    /// `nil` for a block that is not to be run.
    private init?(_ block: FencedBlock, before next: FencedBlock?) {
        guard let language = block.words.first.flatMap(Language.init) else { return nil }
        (line, self.language, text) = (block.line, language, block.text)
        needsViews = block.words.contains("views")
        answer = language == .shell && next?.words == ["json"] ? next?.text : nil
    }
}

/// A block of Markdown between two lines of three backticks.
private struct FencedBlock {
    /// Of the first backticks, from 1.
    let line: Int
    /// What stands behind these.
    let words: [String]
    let text: String

    static func all(in text: String) -> [FencedBlock] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let fences = lines.indices.filter { lines[$0].hasPrefix("```") }
        return stride(from: 1, to: fences.count, by: 2).map { FencedBlock(lines, fences[$0 - 1], fences[$0]) }
    }

    private init(_ lines: [Substring], _ start: Int, _ end: Int) {
        line = start + 1
        words = lines[start].dropFirst(3).split(separator: " ").map(String.init)
        text = lines[start + 1..<end].map { $0 + "\n" }.joined()
    }
}

/// Somebody who tries what a document says, in a folder of their own that has two photos.
private struct ExampleReader {
    private struct Outcome {
        let status: Int32
        let output: Data
        let messages: String
    }

    /// One that takes longer hangs, and is killed.
    private static let secondsAllowed = "120"

    private let folder = TemporaryFolder()
    private let address: String

    init(asking address: String, dress: [UInt8], shirt: [UInt8]) throws {
        self.address = address
        try folder.write(dress, to: "dress.png")
        try folder.write(shirt, to: "shirt.png")
    }

    static let hasTools: Bool = {
        let search = Process()
        search.executableURL = URL(fileURLWithPath: "/bin/sh")
        search.arguments = ["-c", "for tool in bash curl python3; do command -v $tool || exit 1; done"]
        search.standardOutput = FileHandle.nullDevice
        do { try search.run() } catch { return false }
        search.waitUntilExit()
        return search.terminationStatus == 0
    }()

    /// Runs an example, and compares what it prints with what is shown.
    func check(_ example: DocumentExample) throws {
        let (outcome, place) = (try run(example), "Documentation/API.md:\(example.line)")
        let output = String(decoding: outcome.output, as: UTF8.self)
        guard outcome.status == 0 else {
            Issue.record("\(place) ended with status \(outcome.status)\n\(outcome.messages)\(output)")
            return
        }
        guard let shown = example.answer else { return }
        let isMissing = try JSONShape(shown).places(missingIn: outcome.output)
        #expect(isMissing == [], "\(place) printed \(output)")
    }

    private func run(_ example: DocumentExample) throws -> Outcome {
        let (process, output, messages) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["timeout", Self.secondsAllowed] + example.words
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path.string)
        // A proxy would not find this machine's own server.
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["LOOKALIKE": address, "no_proxy": "*"]) { $1 }
        (process.standardOutput, process.standardError) = (output, messages)
        try process.run()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        let said = messages.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: printed, messages: String(decoding: said, as: UTF8.self))
    }
}

extension DocumentExample {
    /// The command line that runs it.
    fileprivate var words: [String] {
        switch language {
        case .shell: ["bash", "-eu", "-o", "pipefail", "-c", text]
        case .python: ["python3", "-c", text]
        }
    }
}

/// The names that JSON has, whatever their values; of an array, those of its first element.
private struct JSONShape {
    private let shown: Any

    init(_ text: String) throws { shown = try JSONSerialization.jsonObject(with: Data(text.utf8)) }

    /// What other JSON lacks of it, each by the names that lead there.
    func places(missingIn text: Data) throws -> [String] {
        guard let other = try? JSONSerialization.jsonObject(with: text) else { return ["all: it is no JSON"] }
        return Self.places(of: shown, missingIn: other, at: "")
    }

    private static func places(of shown: Any, missingIn other: Any?, at place: String) -> [String] {
        switch (shown, other) {
        case (let shown as [String: Any], let other as [String: Any]):
            shown.keys.sorted().flatMap { places(of: shown[$0] as Any, missingIn: other[$0], at: "\(place)/\($0)") }
        case (let shown as [Any], let other as [Any]):
            shown.first.map { places(of: $0, missingIn: other.first, at: "\(place)/0") } ?? []
        case (is [String: Any], _), (is [Any], _), (_, nil): [place]
        default: []
        }
    }
}

/// Some garments of the demo, which the program serves with a model that has views.
private struct ServedGarments {
    private static let environment = ["LOOKALIKE_HOME": InstalledModels.folder.string]
    private static let options: [Argument] = ["--catalogue", "c.sqlite", "--model", "efficientnet-lite0"]

    private let folder = TemporaryFolder()
    private let server: RunningProgram
    let address: String

    /// Of the demo, by its name without an end.
    static func photo(_ name: String) -> FilePath { RealPhotos.photo("demo/\(name).jpg") }

    init() throws {
        for type in ["dress-floral", "pants-denim", "shoes", "longsleeve-striped"] {
            for number in 1...3 {
                let name = "\(type)-0\(number)"
                try folder.write(contents(of: Self.photo("images/\(name)")), to: "shop/\(name).jpg")
            }
        }
        let indexing = try Program.lookalike.run(
            ["index", "shop"] + Self.options, environment: Self.environment, in: folder.path)
        try #require(indexing.status == 0, "\(indexing.messages)")
        server = try Program.lookalike.start(
            ["serve", "--port", "0"] + Self.options, environment: Self.environment, in: folder.path)
        address = try Self.address(of: server)
    }

    private static func address(of server: RunningProgram) throws -> String {
        _ = try server.waitUntilItSays("Serving http://")
        let messages = try server.messages
        let line = try #require(messages.split(separator: "\n").first { $0.hasPrefix("Serving ") }, "\(messages)")
        return String(line.dropFirst("Serving ".count).prefix { !$0.isWhitespace }.dropLast())
    }
}
