import Catalogue
import Foundation
import SystemPackage

/// What a file of embeddings is of, in JSON beside it: `{"dimension":1280,"identity":"…","rows":2040}`.
struct EmbeddingDescription: Codable {
    /// Of the space: what must be the same for embeddings to be compared.
    let identity: String
    let dimension: Int
    let rows: Int

    init(of space: EmbeddingSpace, rows: Int) {
        (identity, dimension, self.rows) = (space.identity, space.dimension, rows)
    }

    /// `nil` where there is no such file.
    init?(at path: FilePath) throws(ExchangeError) {
        guard FileManager.default.fileExists(atPath: path.string) else { return nil }
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path.string)),
            let description = try? JSONDecoder().decode(EmbeddingDescription.self, from: bytes)
        else { throw .notADescription(path) }
        self = description
    }

    var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
        }
    }
}
