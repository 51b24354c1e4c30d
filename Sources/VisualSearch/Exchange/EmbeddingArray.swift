import Catalogue
import Foundation
import NumPyArrays
import SystemPackage
import Vectors

/// Embeddings in NumPy's format, with their paths and the model in files beside it.
struct EmbeddingArray: ~Copyable {
    private let path: FilePath
    private let space: EmbeddingSpace
    private var array: ExportedFile
    private var paths: PathListWriter
    private var description: ExportedFile

    init(_ path: FilePath, space: EmbeddingSpace) throws {
        let array = try ExportedFile(path, reserving: NumPyHeader.length)
        let paths = try PathListWriter(beside: path)
        let description = try ExportedFile(path.replacingExtension(with: ".json"))
        (self.path, self.space) = (path, space)
        self.array = array
        self.paths = paths
        self.description = description
    }

    mutating func append(_ path: FilePath, _ embedding: Embedding) throws {
        try embedding.values.map(\.bitPattern.littleEndian).withUnsafeBytes { try array.append($0) }
        try paths.append(path)
    }

    /// The array comes last, and an older one goes first: where there is one, its paths are those beside it, however this ends.
    mutating func finish(rows: Int) throws {
        try array.write(NumPyHeader(rows: rows, columns: space.dimension).bytes, at: 0)
        try description.append(EmbeddingDescription(of: space, rows: rows).bytes)
        try? FileManager.default.removeItem(atPath: path.string)
        try paths.finish()
        try description.takePlace()
        try array.takePlace()
    }
}
