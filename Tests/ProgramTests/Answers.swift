import Foundation
import SystemPackage
import TestSupport
import Testing

/// What `--format json` prints.
struct Answers: Decodable {
    let queries: [Answer]
}

struct Answer: Decodable {
    let query: String
    let error: String?
    let identical: [Place]
    let results: [Found]

    var paths: [String] { results.map(\.place.path) }
}

struct Found: Decodable {
    let rank: Int
    let similarity: Float
    let identical: Bool
    let place: Place

    private enum CodingKeys: CodingKey { case rank, similarity, identical }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        rank = try container.decode(Int.self, forKey: .rank)
        similarity = try container.decode(Float.self, forKey: .similarity)
        identical = try container.decodeIfPresent(Bool.self, forKey: .identical) ?? false
        place = try Place(from: decoder)
    }
}

struct Place: Decodable {
    let path: String
    private let pathBase64: Data?

    /// The name byte for byte.
    var bytes: [UInt8] { pathBase64.map { [UInt8]($0) } ?? Array(path.utf8) }
}

extension ProgramOutcome {
    var answers: [Answer] {
        get throws { try JSONDecoder().decode(Answers.self, from: Data(output)).queries }
    }

    /// The words of each line.
    var lines: [[String]] { text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) } }

    /// The words of one line.
    func line(_ index: Int) throws -> [String] { try #require(lines.dropFirst(index).first) }

    func answer(_ index: Int) throws -> Answer { try #require(try answers.dropFirst(index).first) }

    /// The numbers that `--verbose` ends with.
    var work: Work? { Work(in: messages) }
}

/// How much the program says it did.
struct Work: Equatable {
    let read: Int
    let decoded: Int
    let embedded: Int

    init(read: Int, decoded: Int, embedded: Int) {
        (self.read, self.decoded, self.embedded) = (read, decoded, embedded)
    }

    fileprivate init?(in messages: String) {
        let numbers = messages.split(separator: "\n").last { $0.contains(" listed, ") }.map { line in
            line.split(separator: " ").compactMap { Int($0.filter { $0 != "," }) }
        }
        guard let numbers, numbers.count >= 4 else { return nil }
        self.init(read: numbers[1], decoded: numbers[2], embedded: numbers[3])
    }
}
