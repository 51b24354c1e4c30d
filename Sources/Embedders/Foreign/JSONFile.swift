import Foundation
import SystemPackage

/// A small file that says something of a network beside it.
struct JSONFile {
    private static let lengthLimit = 1_000_000
    private let path: FilePath

    init(_ path: FilePath) {
        self.path = path
    }

    /// Throws where the file says something else too, which is misspelt or means nothing.
    func check(words: [String]) throws(EmbedderError) {
        let unknown = try decode([String: Anything].self)?.keys.filter { !words.contains($0) } ?? []
        guard let word = unknown.min() else { return }
        throw .unreadable(
            path, reason: "it says “\(word)”, which means nothing; there are \(words.joined(separator: ", "))")
    }

    private struct Anything: Decodable { init(from decoder: any Decoder) {} }

    /// `nil` where there is no such file; throws where it is not JSON of that kind.
    func decode<Value: Decodable>(_ type: Value.Type) throws(EmbedderError) -> Value? {
        guard let data = FileManager.default.contents(atPath: path.string) else { return nil }
        guard data.count <= Self.lengthLimit else { throw .unreadable(path, reason: "it is too long") }
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let error as DecodingError {
            throw .unreadable(path, reason: error.reason)
        } catch {
            throw .unreadable(path, reason: "it is no JSON")
        }
    }
}

extension DecodingError {
    /// Which value is wrong, and what is wrong with it.
    fileprivate var reason: String {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty
                ? "it is no sound JSON" : "“\(path)” is not as it should be: \(context.debugDescription)"
        @unknown default: return "it is no sound JSON"
        }
    }
}
