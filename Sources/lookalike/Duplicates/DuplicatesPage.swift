import Imaging
import SystemPackage
import VisualSearch

/// Groups of photos that are nearly the same as one web page that asks no server for anything.
struct DuplicatesPage {
    private static let thumbnail = ImageSize(width: 160, height: 210)

    let duplicates: Duplicates
    let engine: SearchEngine

    func write(to path: FilePath) throws { try path.replaceContents(with: page.bytes) }

    private var page: WebPage {
        WebPage(
            title: duplicates.isOfGarments ? "Garments on two photos" : "Photos that are there twice, or nearly so",
            style: Self.style,
            body: "<p>\(duplicates.summary.escapedForHTML).</p>\n" + duplicates.groups.map(section).joined())
    }

    private func section(of group: DuplicateGroup) -> String {
        """
        <section><h2>\(duplicates.title(of: group).escapedForHTML)</h2>
        <div>\(group.contents.map(figure).joined())</div></section>

        """
    }

    /// One picture, and the names of all photos that have its bytes.
    private func figure(of copies: DuplicateGroup.Copies) -> String {
        let names = copies.map { duplicates.displayed($0).printable.escapedForHTML }
        return """
            <figure>\(engine.inlinePicture(of: copies[0], fitting: Self.thumbnail))\
            <figcaption>\(names.joined(separator: "<br>"))</figcaption></figure>
            """
    }

    private static let style = """
        h2 { font-size: 1rem; font-weight: 600; margin: 0 0 .8rem; }
        section { padding: 1.2rem 0; border-top: 1px solid var(--line); }
        div { display: flex; flex-wrap: wrap; gap: 1.5rem; align-items: flex-end; }
        figure { max-width: 200px; }
        figcaption { font-size: .8rem; margin-top: .3rem; overflow-wrap: anywhere; }
        """
}
