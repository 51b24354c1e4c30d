import Evaluation
import Imaging
import SystemPackage
import Training
import VisualSearch

/// What came of training, as one web page that holds its pictures itself and asks no server for anything.
struct TrainingPage {
    private static let thumbnail = ImageSize(width: 110, height: 140)

    let output: TrainingOutput
    let engine: SearchEngine

    func write(to path: FilePath) throws { try path.replaceContents(with: page.bytes) }

    private var page: WebPage {
        WebPage(
            title: "\(output.name): what was learnt", style: Self.style,
            body: """
                <p>\(output.summary.escapedForHTML). \(output.verdict.escapedForHTML).</p>
                \(figures)
                <p>R@1 and R@5: how often a photo with the same label is the first, or among the first five; mAP@10: how far in front
                they stand among ten. With 95 % intervals over the photos that asked, none of which were learnt from.</p>
                \(curves)
                \(paintings)
                \(samples)
                """)
    }

    private var figures: String {
        let rows = output.rows.enumerated().map { number, cells in
            "<tr>" + cells.map { "<\(number == 0 ? "th" : "td")>\($0.escapedForHTML)" }.joined()
        }
        return "<div><table>\(rows.joined(separator: "\n"))</table></div>"
    }

    private var curves: String {
        let history = output.report.history
        guard history.count > 1 else { return "" }
        return """
            <section>\(Curve(title: "Loss, of photos that are learnt from", values: history.map(\.loss)).svg)
            \(Curve(title: "R@1 and mAP@10, their mean, of others", values: history.map(\.score)).svg)</section>
            """
    }

    /// Photo, what the network was shown of it, and what it painted.
    private var paintings: String {
        let paintings = output.report.paintings
        guard !paintings.isEmpty else { return "" }
        let rows = paintings.map { path, painting in
            let pictures = [painting.seen, painting.painted].map {
                "<figure>\(engine.inlinePicture($0, of: path))</figure>"
            }
            return "<div class=\"row\">\(pictures.joined())</div>"
        }
        return "<h2>What it was shown, and what it painted</h2><section>\(rows.joined(separator: "\n"))</section>"
    }

    private var samples: String {
        let samples = output.report.samples
        return samples.isEmpty ? "" : "<h2>What changed most</h2>\n" + samples.map(section).joined()
    }

    private func section(of sample: TrainingSample) -> String {
        func row(_ title: String, _ photos: [TrainingSample.Photo]) -> String {
            let found = photos.map { figure($0, $0.label == sample.query.label ? "right" : "wrong") }
            return "<div class=\"row\"><span>\(title)</span>\(found.joined())</div>"
        }
        return """
            <section>\(figure(sample.query, "query"))<div>\(row("before", sample.before))\(row("after", sample.after))</div></section>

            """
    }

    private func figure(_ photo: TrainingSample.Photo, _ kind: String) -> String {
        """
        <figure class="\(kind)" title="\(photo.path.printable.escapedForHTML)">\
        \(engine.inlinePicture(of: photo.path, fitting: Self.thumbnail))\
        <figcaption>\(photo.label.escapedForHTML)</figcaption></figure>
        """
    }

    private static let style = """
        body { max-width: 80rem; }
        h2 { font-size: 1.1rem; margin-top: 2rem; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; white-space: nowrap; }
        th, td { padding: .3rem .9rem; text-align: right; border-bottom: 1px solid var(--line); }
        th { font-weight: 600; }
        th:first-child, td:first-child { text-align: left; padding-left: 0; }
        section { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: center; padding: 1rem 0;
                  border-bottom: 1px solid var(--line); }
        .row { display: flex; flex-wrap: wrap; gap: .8rem; align-items: flex-end; padding: .4rem 0; }
        .row span { width: 3.5rem; font-size: .85rem; opacity: .7; align-self: center; }
        figure { border-bottom: 3px solid transparent; }
        .right { border-color: #2a9d5c; }
        .wrong { border-color: #c8553d; }
        figcaption { font-size: .8rem; max-width: 110px; overflow-wrap: anywhere; }
        svg { width: 26rem; max-width: 100%; height: auto; }
        svg text { font-size: 13px; fill: currentColor; }
        """
}
