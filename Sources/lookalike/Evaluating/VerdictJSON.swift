import Evaluation
import Vectors
import VisualSearch

/// A verdict for programs.
struct VerdictJSON {
    private struct Report: Encodable {
        let name: String
        let queries: Int
        let gallery: Int
        let measures: [Measure: Estimate]
        let labels: [String: Label]
        let asked: [Query]
        let against: Against?
        let troubles: [String]
    }

    private struct Label: Encodable {
        let queries: Int
        let measures: [Measure: Estimate]
    }

    private struct Query: Encodable {
        let path: String
        let label: String
        let relevant: Int
        let found: [Found]
    }

    private struct Found: Encodable {
        let path: String
        let isRelevant: Bool
        let similarity: Float
    }

    private struct Against: Encodable {
        let name: String
        let measures: [Measure: Estimate]
        let differences: [Measure: Estimate]
    }

    private let report: Report

    init(_ verdict: Verdict) {
        report = Report(
            name: verdict.side.name, queries: verdict.report.queries.count, gallery: verdict.report.galleryCount,
            measures: verdict.report.scores.estimates,
            labels: Dictionary(
                uniqueKeysWithValues: verdict.report.scoresByLabel.map {
                    ($0.label, Label(queries: $0.scores.queryCount, measures: $0.scores.estimates))
                }),
            asked: verdict.report.queries.map { Self.query($0, of: verdict) },
            against: verdict.other.map {
                Against(
                    name: $0.name, measures: $0.report.scores.estimates,
                    differences: verdict.differences?.estimates ?? [:])
            }, troubles: verdict.troubles)
    }

    private static func query(_ query: JudgedQuery, of verdict: Verdict) -> Query {
        Query(
            path: verdict.displayed(query.photo.path), label: query.photo.label,
            relevant: query.judgement.relevantCount,
            found: query.found.map {
                Found(path: verdict.displayed($0.path), isRelevant: $0.isRelevant, similarity: $0.similarity)
            })
    }

    var bytes: [UInt8] {
        get throws { try report.jsonDocument }
    }
}

extension Scores {
    fileprivate var estimates: [Measure: Estimate] {
        Dictionary(uniqueKeysWithValues: Measure.allCases.map { ($0, self[$0]) })
    }
}
