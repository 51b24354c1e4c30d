/// A web page in one file, which holds its pictures itself and asks no server for anything.
struct WebPage {
    /// Of the window, and the first heading.
    let title: String
    /// Beside the style that all pages have.
    let style: String
    /// Elements; whatever comes from elsewhere is escaped.
    let body: String

    var bytes: [UInt8] { Array(text.utf8) }

    private var text: String {
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        <title>\(title.escapedForHTML)</title>
        <style>
        \(Self.commonStyle)
        \(style)
        </style>
        <h1>\(title.escapedForHTML)</h1>
        \(body)
        </html>

        """
    }

    private static let commonStyle = """
        :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --line: color-mix(in srgb, currentColor 20%, transparent); }
        body { margin: 2rem; }
        h1 { font-size: 1.3rem; }
        figure { margin: 0; }
        img { max-width: 100%; height: auto; border-radius: 4px; }
        """
}
