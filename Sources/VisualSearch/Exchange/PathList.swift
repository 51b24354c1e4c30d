import Foundation
import SystemPackage

/// Paths in a file, one a line: byte for byte; or each as JSON, for paths that hold line breaks.
enum PathList {
    static let plainEnding = ".paths.txt"
    static let jsonEnding = ".paths.jsonl"

    /// Paths that are not absolute begin at the file's own folder.
    static func read(_ path: FilePath) throws(ExchangeError) -> [FilePath] {
        let bytes: [UInt8]
        do { bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path.string))) } catch {
            throw .unreadable(path, .noSuchFileOrDirectory)
        }
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        let isJSON = path.extension == "jsonl"
        let folder = path.absolute.removingLastComponent()
        var paths: [FilePath] = []
        for (number, line) in zip(1..., lines) {
            guard let name = isJSON ? ListedPath.bytes(inJSON: line) : Array(line), let path = FilePath(bytes: name)
            else {
                throw .notAPath(path, line: number)
            }
            paths.append(path.begun(in: folder))
        }
        return paths
    }
}

/// `{"path":"…"}`, or `{"pathBase64":"…"}` where the path's bytes are no text.
private struct ListedPath: Codable {
    var path: String?
    var pathBase64: Data?

    init(_ path: FilePath) {
        let bytes = path.bytes
        if let text = String(validating: bytes, as: UTF8.self) { self.path = text } else { pathBase64 = Data(bytes) }
    }

    static func bytes(inJSON line: ArraySlice<UInt8>) -> [UInt8]? {
        guard let listed = try? JSONDecoder().decode(ListedPath.self, from: Data(line)) else { return nil }
        return listed.pathBase64.map { [UInt8]($0) } ?? listed.path.map { Array($0.utf8) }
    }
}

extension FilePath {
    /// `nil` for bytes that no path can have.
    fileprivate init?(bytes: [UInt8]) {
        guard !bytes.isEmpty, !bytes.contains(0) else { return nil }
        self = (bytes + [0]).withUnsafeBytes { FilePath(platformString: $0.bindMemory(to: CChar.self).baseAddress!) }
    }
}

/// Writes paths as they come into both kinds of list, of which one is kept: which one, only the last path decides.
struct PathListWriter: ~Copyable {
    private let stem: FilePath
    private var plain: ExportedFile
    private var json: ExportedFile
    private let encoder = JSONEncoder()
    private var holdsLineBreaks = false

    init(beside path: FilePath) throws(ExchangeError) {
        let plain = try ExportedFile(path.replacingExtension(with: PathList.plainEnding))
        let json = try ExportedFile(path.replacingExtension(with: PathList.jsonEnding))
        stem = path
        self.plain = plain
        self.json = json
        encoder.outputFormatting = .withoutEscapingSlashes
    }

    mutating func append(_ path: FilePath) throws {
        let bytes = path.bytes
        if bytes.contains(UInt8(ascii: "\n")) { holdsLineBreaks = true }
        try plain.append(bytes + [UInt8(ascii: "\n")])
        try json.append(try encoder.encode(ListedPath(path)) + [UInt8(ascii: "\n")])
    }

    /// A list of the other kind from an earlier time must not be taken for this one.
    mutating func finish() throws {
        if holdsLineBreaks { try json.takePlace() } else { try plain.takePlace() }
        let other = stem.replacingExtension(with: holdsLineBreaks ? PathList.plainEnding : PathList.jsonEnding)
        try? FileManager.default.removeItem(atPath: other.string)
    }
}
