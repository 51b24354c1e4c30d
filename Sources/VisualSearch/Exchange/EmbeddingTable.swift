import Catalogue
import SystemPackage
import Vectors

/// Embeddings for spreadsheets (RFC 4180): each photo's path, byte for byte, and its numbers with as many digits as tell them
/// from all others.
struct EmbeddingTable: ~Copyable {
    private var file: ExportedFile

    init(_ path: FilePath, space: EmbeddingSpace) throws {
        var file = try ExportedFile(path)
        try file.append(Array("path,\((1...space.dimension).map(String.init).joined(separator: ","))\r\n".utf8))
        self.file = file
    }

    mutating func append(_ path: FilePath, _ embedding: Embedding) throws {
        let numbers = embedding.values.map(\.description).joined(separator: ",")
        try file.append(path.quoted + Array(",\(numbers)\r\n".utf8))
    }

    mutating func finish(rows: Int) throws { try file.takePlace() }
}

extension FilePath {
    fileprivate var quoted: [UInt8] {
        let quote = UInt8(ascii: "\"")
        return [quote] + bytes.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }
}
