import Evaluation
import Foundation
import Imaging
import SystemPackage
import Vectors
import VisualSearch

/// A verdict as one web page that holds its pictures itself and asks no server for anything.
struct VerdictPage {
    private static let worstCount = 24
    private static let mostLabels = 25
    private static let shownCount = 6
    private static let thumbnail = ImageSize(width: 130, height: 170)

    let verdict: Verdict
    let engine: SearchEngine

    func write(to path: FilePath) throws { try path.replaceContents(with: page.bytes) }

    private var page: WebPage {
        WebPage(
            title: "How good the answers are", style: Self.style,
            body: """
                <p>\(verdict.summary.escapedForHTML). R@1 and R@5: how often something that was meant is the first, or among the
                first five; P@5: the share of the first five that was meant; mAP@10 and nDCG@10: how far in front it stands among
                ten. With 95 % intervals over the queries.</p>
                \(table(measureRows))
                <h2>What was asked for</h2>
                \(labels)
                <h2>Where it went worst</h2>
                \(verdict.report.worst(Self.worstCount).map(section).joined())
                \(verdict.troubles.map { "<p>\($0.escapedForHTML)</p>" }.joined(separator: "\n"))
                """)
    }

    private func table(_ rows: [[String]]) -> String {
        let lines = rows.enumerated().map { number, cells in
            "<tr>" + cells.map { "<\(number == 0 ? "th" : "td")>\($0)" }.joined()
        }
        return "<div><table>\(lines.joined(separator: "\n"))</table></div>"
    }

    private var measureRows: [[String]] {
        let (scores, differences) = (verdict.report.scores, verdict.differences)
        let heading = ["", verdict.side.name] + (verdict.other.map { [$0.name, "difference"] } ?? [])
        let rows = Measure.allCases.map { measure -> [String] in
            [measure.rawValue, scores[measure].text] + (verdict.other.map { [$0.report.scores[measure].text] } ?? [])
                + (differences.map { [emphasized($0[measure])] } ?? [])
        }
        return [heading.map(\.escapedForHTML)] + rows
    }

    /// What chance hardly explains stands out.
    private func emphasized(_ difference: Estimate) -> String {
        difference.isDecided ? "<b>\(difference.signedText)</b>" : difference.signedText
    }

    private var labelRows: [[String]] {
        [["", "queries"] + Measure.allCases.map(\.rawValue)]
            + verdict.report.scoresByLabel.map { label, scores in
                [label.escapedForHTML, scores.queryCount.grouped] + Measure.allCases.map { scores[$0].mean.share }
            }
    }

    /// Folded up where there are too many to be looked through.
    private var labels: String {
        let table = table(labelRows)
        guard labelRows.count > Self.mostLabels else { return table }
        return "<details><summary>\((labelRows.count - 1).counted("label"))</summary>\(table)</details>"
    }

    private func section(of query: JudgedQuery) -> String {
        let found = query.found.prefix(Self.shownCount).map { found in
            figure(
                found.path, found.isRelevant ? "right" : "wrong",
                "\(found.similarity.rounded(to: 3)) \((found.label ?? "").escapedForHTML)")
        }
        return """
            <section>\(figure(query.photo.path, "query", "<b>\(query.photo.label.escapedForHTML)</b>"))\(found.joined())</section>

            """
    }

    private func figure(_ path: FilePath, _ kind: String, _ caption: String) -> String {
        """
        <figure class="\(kind)" title="\(verdict.displayed(path).escapedForHTML)">\
        \(engine.inlinePicture(of: path, fitting: Self.thumbnail))<figcaption>\(caption)</figcaption></figure>
        """
    }

    private static let style = """
        body { max-width: 80rem; }
        h2 { font-size: 1.1rem; margin-top: 2rem; }
        div { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; white-space: nowrap; }
        th, td { padding: .3rem .9rem; text-align: right; border-bottom: 1px solid var(--line); }
        th { font-weight: 600; }
        th:first-child, td:first-child { text-align: left; padding-left: 0; }
        section { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-end; padding: 1rem 0;
                  border-bottom: 1px solid var(--line); }
        figure { border-bottom: 3px solid transparent; }
        .query { margin-right: 1rem; }
        .right { border-color: #2a9d5c; }
        .wrong { border-color: #c8553d; }
        figcaption { font-size: .85rem; max-width: 130px; overflow-wrap: anywhere; }
        """
}
