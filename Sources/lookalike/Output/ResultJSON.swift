import Foundation
import SystemPackage
import Vectors
import VisualSearch

/// Answers for programs: `{"queries":[{"query":…,"results":[{"rank":…,"similarity":…,"path":…}]}]}`.
struct ResultJSON {
    private struct Report: Encodable {
        let queries: [Answer]
        /// Where not all photos were looked at: what share of the nearest is found, and its 95 % interval.
        let recall: Estimate?
        /// The servers of the catalogue that did not answer; absent where all did.
        let missing: [String]?
    }

    private struct Answer: Encodable {
        let query: String
        /// The query's bytes where they are no text.
        let queryBase64: Data?
        /// Where the query could not be read: why.
        let error: String?
        /// The query itself and its copies, where they are not among the results.
        let identical: [Path]
        /// Whether nothing here looks like the query; absent where something does.
        var looksLikeNothing: Bool?
        /// How many of the nearest were ranked once more; absent where none were.
        var rankedAgain: Int?
        let results: [Result]
    }

    private struct Result: Encodable {
        let rank: Int
        let similarity: Float
        /// How probable it is that it is of the query's type; absent where the model does not know.
        let sureness: Double?
        let path: Path
        let identical: Bool

        enum CodingKeys: CodingKey { case rank, similarity, sureness, identical }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(rank, forKey: .rank)
            try container.encode(similarity, forKey: .similarity)
            try container.encodeIfPresent(sureness.map { ($0 * 1000).rounded() / 1000 }, forKey: .sureness)
            if identical { try container.encode(identical, forKey: .identical) }
            try path.encode(to: encoder)
        }
    }

    /// A path as text; where its bytes are no text they are given too.
    private struct Path: Encodable {
        let path: String
        let bytes: Data?

        enum CodingKeys: String, CodingKey {
            case path
            case bytes = "pathBase64"
        }

        init(_ path: FilePath) {
            self.path = path.written
            bytes = path.bytesUnlessText
        }
    }

    private let report: Report

    init(_ findings: Findings) {
        report = Report(
            queries: findings.all.map { finding in
                switch finding.answer {
                case .failure(let reason):
                    Answer(
                        query: finding.question.written.written, queryBase64: finding.question.written.bytesUnlessText,
                        error: reason.description, identical: [], results: [])
                case .success(let answer): Self.answer(to: finding.question.written, answer, findings)
                }
            }, recall: findings.recall, missing: findings.missing.isEmpty ? nil : findings.missing)
    }

    private static func answer(to query: FilePath, _ answer: SearchAnswer, _ findings: Findings) -> Answer {
        Answer(
            query: query.written, queryBase64: query.bytesUnlessText, error: nil,
            identical: answer.identical.map { Path(findings.displayed($0)) },
            looksLikeNothing: answer.looksLikeNothing ? true : nil, rankedAgain: answer.rankedAgain,
            results: answer.results.map {
                Result(
                    rank: $0.rank, similarity: $0.similarity, sureness: $0.sureness,
                    path: Path(findings.displayed($0.path)),
                    identical: $0.isIdentical)
            })
    }

    var bytes: [UInt8] {
        get throws { try report.jsonDocument }
    }
}

extension FilePath {
    /// `nil` where the path is text, which says it all.
    var bytesUnlessText: Data? {
        Array(string.utf8) == bytes ? nil : Data(bytes)
    }
}
