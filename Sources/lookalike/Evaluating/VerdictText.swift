import Evaluation
import Vectors
import VisualSearch

/// A verdict for people at a terminal.
struct VerdictText {
    private static let worstCount = 10
    /// More labels fill the screen, and each has few queries.
    private static let mostLabels = 24
    private let verdict: Verdict

    init(_ verdict: Verdict) { self.verdict = verdict }

    var text: String {
        var parts = [[verdict.summary], measures, labels, worst]
        parts.append(verdict.troubles)
        return parts.filter { !$0.isEmpty }.map { $0.map { $0 + "\n" }.joined() }.joined(separator: "\n")
    }

    private var measures: [String] {
        let (scores, differences) = (verdict.report.scores, verdict.differences)
        let heading = ["", verdict.side.name] + (verdict.other.map { [$0.name, "difference"] } ?? [])
        let rows = Measure.allCases.map { measure -> [String] in
            let others = verdict.other.map { [$0.report.scores[measure].text] } ?? []
            return [measure.rawValue, scores[measure].text] + others
                + (differences.map { [$0[measure].signedText] } ?? [])
        }
        return TextTable([heading] + rows, leftColumns: 1).lines
    }

    private var labels: [String] {
        let rows = verdict.report.scoresByLabel.map { label, scores in
            [label, scores.queryCount.grouped]
                + [.hitAt1, .averagePrecisionAt10].map { scores[$0 as Measure].text }
        }
        guard (2...Self.mostLabels).contains(rows.count) else { return [] }
        return TextTable([["label", "queries", "R@1", "mAP@10"]] + rows, leftColumns: 1).lines
    }

    private var worst: [String] {
        let missed = verdict.report.worst(Self.worstCount).filter { !$0.judgement.hasHit(within: 1) }
        guard !missed.isEmpty else { return [] }
        let rows = missed.map { query in
            [verdict.displayed(query.photo.path), query.photo.label, first(of: query)]
        }
        return TextTable([["worst", "shows", "found first"]] + rows, leftColumns: 3).lines
    }

    private func first(of query: JudgedQuery) -> String {
        query.found.first.map { $0.label ?? verdict.displayed($0.path) } ?? "nothing"
    }
}
