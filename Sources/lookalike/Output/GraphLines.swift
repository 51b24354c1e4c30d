import ArgumentParser
import Foundation
import SystemPackage
import VisualSearch

/// One line for each photo and each of its neighbours: `photo,rank,similarity,neighbour`, or an object with these names.
struct GraphLines: Sendable {
    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable { case csv, json }

    let format: Format
    let folders: [PhotoFolder]

    /// What stands above the first line.
    var heading: [UInt8] { format == .csv ? Array("photo,rank,similarity,neighbour\r\n".utf8) : [] }

    func lines(of photo: FilePath, _ answer: SearchAnswer) throws -> [UInt8] {
        let photo = displayed(photo)
        switch format {
        case .csv: return answer.results.flatMap { row(photo, $0) }
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try answer.results.flatMap {
                try encoder.encode(Edge(photo, displayed($0.path), $0)) + [UInt8(ascii: "\n")]
            }
        }
    }

    private func row(_ photo: FilePath, _ result: SearchResult) -> [UInt8] {
        photo.csvCell + Array(",\(result.rank),\(result.similarity),".utf8) + displayed(result.path).csvCell
            + Array("\r\n".utf8)
    }

    private func displayed(_ path: FilePath) -> FilePath { folders.displayed(path) }
}

/// A photo and a neighbour of it; where the bytes of a path are no text they are given too.
private struct Edge: Encodable {
    let photo: String
    let photoBase64: Data?
    let rank: Int
    let similarity: Float
    let neighbour: String
    let neighbourBase64: Data?

    init(_ photo: FilePath, _ neighbour: FilePath, _ result: SearchResult) {
        (self.photo, photoBase64) = (photo.written, photo.bytesUnlessText)
        (self.neighbour, neighbourBase64) = (neighbour.written, neighbour.bytesUnlessText)
        (rank, similarity) = (result.rank, result.similarity)
    }
}
