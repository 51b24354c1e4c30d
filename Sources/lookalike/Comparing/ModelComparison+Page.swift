import VisualSearch

extension ModelComparison {
    /// One web page that asks no server for anything.
    var page: String {
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>Models compared</title>
        <style>\(Self.style)</style>
        <h1>Models compared</h1>
        <p>Measured on \(photoCount) photos. The model alone: processor time a photo that is decoded already; with decoding:
        photos read, decoded and described a second. P@1 and mAP with 95 % intervals.</p>
        <div><table>
        <tr>\(headings.map { "<th>\($0)" }.joined())
        \(rows.map { "<tr>" + $0.map { "<td>\($0.escapedForHTML)" }.joined() }.joined(separator: "\n"))
        </table></div>
        \(troubles.map { "<p>\($0.model.escapedForHTML): \($0.reason.escapedForHTML)</p>" }.joined(separator: "\n"))
        </html>

        """
    }

    private var photoCount: String { (figures.map(\.photoCount).max() ?? 0).grouped }

    private static let style = """
        :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
        body { margin: 2rem; max-width: 95rem; }
        h1 { font-size: 1.3rem; }
        div { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; white-space: nowrap; }
        th, td { padding: .35rem .9rem; text-align: right; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
        th { font-weight: 600; }
        th:nth-child(-n+2), td:nth-child(-n+2) { text-align: left; }
        """
}
