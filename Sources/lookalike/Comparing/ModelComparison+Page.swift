import VisualSearch

extension ModelComparison {
    /// The table, and what could not be measured.
    var page: WebPage {
        WebPage(
            title: "Models compared", style: Self.style,
            body: """
                <p>Measured on \(photoCount) photos. The model alone: processor time a photo that is decoded already; with
                decoding: photos read, decoded and described a second. P@1 and mAP with 95 % intervals.</p>
                <div><table>
                <tr>\(headings.map { "<th>\($0)" }.joined())
                \(rows.map { "<tr>" + $0.map { "<td>\($0.escapedForHTML)" }.joined() }.joined(separator: "\n"))
                </table></div>
                \(troubles.map { "<p>\($0.model.escapedForHTML): \($0.reason.escapedForHTML)</p>" }.joined(separator: "\n"))
                """)
    }

    private var photoCount: String { (figures.map(\.photoCount).max() ?? 0).grouped }

    private static let style = """
        body { max-width: 95rem; }
        div { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; white-space: nowrap; }
        th, td { padding: .35rem .9rem; text-align: right; border-bottom: 1px solid var(--line); }
        th { font-weight: 600; }
        th:nth-child(-n+2), td:nth-child(-n+2) { text-align: left; }
        """
}
