import Foundation
import Imaging
import SystemPackage
import VisualSearch

/// Answers as one web page that holds its pictures itself and asks no server for anything.
struct ResultPage {
    private static let thumbnail = ImageSize(width: 220, height: 300)
    private static let queryPicture = ImageSize(width: 360, height: 480)

    let findings: Findings
    let engine: SearchEngine

    func write(to path: FilePath) throws { try path.replaceContents(with: page.bytes) }

    private var page: WebPage {
        WebPage(
            title: "Lookalike", style: Self.style,
            body: findings.answered.map { section(of: $0.question, $0.answer) }.joined())
    }

    private func section(of question: Question, _ answer: SearchAnswer) -> String {
        let name = question.written.printable.escapedForHTML
        let found =
            answer.results.isEmpty
            ? "<p>\(answer.absence.prefix(1).uppercased() + answer.absence.dropFirst()).</p>"
            : "<ol>\(answer.results.map(item).joined())</ol>"
        return """
            <section>
            <figure class="query">\(engine.inlinePicture(of: question, fitting: Self.queryPicture))<figcaption>\(name)</figcaption></figure>
            \(found)
            </section>

            """
    }

    private func item(_ result: SearchResult) -> String {
        let path = findings.displayed(result.path)
        let name = path.printableName
        return """
            <li><figure title="\(path.printable.escapedForHTML)">\(engine.inlinePicture(of: result.path, fitting: Self.thumbnail))\
            <figcaption><b>\(result.rank)</b> <span>\(result.similarity.rounded(to: 3))\(result.surenessText.map { " · \($0) sure" } ?? "")</span>\
            <br>\(name.escapedForHTML)</figcaption></figure></li>

            """
    }

    private static let style = """
        section { display: flex; flex-wrap: wrap; gap: 2rem; align-items: flex-start; margin-bottom: 3rem; }
        figcaption { margin-top: .4rem; overflow-wrap: anywhere; }
        .query { position: sticky; top: 1rem; max-width: 360px; }
        ol { flex: 1; min-width: 16rem; margin: 0; padding: 0; list-style: none; display: grid;
             grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1.5rem; align-items: end; }
        span { opacity: .7; font-variant-numeric: tabular-nums; }
        """
}
