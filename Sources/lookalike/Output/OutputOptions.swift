import ArgumentParser
import SystemPackage
import VisualSearch

/// What answers look like.
struct OutputOptions: ParsableArguments {
    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv, paths }

    @Option(help: "What is printed.")
    var format = Format.table

    @Flag(
        name: [.customShort("0"), .customLong("null")],
        help: "End each path with a zero byte, for xargs -0; with --format paths.")
    var nullTerminated = false

    @Option(
        help: "Draw the query and what was found as a picture: .jpg, .png or .webp.",
        completion: .file(extensions: ["jpg", "png", "webp"]))
    var sheet: FilePath?

    @Option(
        help: "Write a web page with the query and what was found, in one file.",
        completion: .file(extensions: ["html"]))
    var html: FilePath?

    func validate() throws {
        if let sheet { _ = try ResultSheet.format(of: sheet) }
        if nullTerminated, format != .paths { throw ValidationError("-0 goes with --format paths") }
    }

    /// Throws before any work is done for a file that could not be written.
    func check() throws {
        for path in [sheet, html].compactMap(\.self) { try path.checkWritable() }
    }

    /// Whether photos have to be opened for it.
    var drawsPictures: Bool { sheet != nil || html != nil }

    func print(_ findings: Findings) throws { try Console.put(report(findings)) }

    func write(_ findings: Findings, engine: SearchEngine) throws {
        try print(findings)
        if let sheet { try ResultSheet(findings: findings, engine: engine).write(to: sheet) }
        if let html { try ResultPage(findings: findings, engine: engine).write(to: html) }
    }

    private func report(_ findings: Findings) throws -> [UInt8] {
        switch format {
        case .table: ResultTable(findings).bytes
        case .json: try ResultJSON(findings).bytes
        case .csv: ResultCSV(findings).bytes
        case .paths: findings.pathList(endingIn: nullTerminated ? 0 : UInt8(ascii: "\n"))
        }
    }
}

extension Findings {
    fileprivate func pathList(endingIn end: UInt8) -> [UInt8] {
        answered.flatMap { $0.answer.results.flatMap { displayed($0.path).writtenBytes + [end] } }
    }
}
