import CVips

/// One line of text as a shape, in the fonts that the machine has for its script.
public struct Lettering: Sendable {
    private static let ellipsis = "…"
    private static let blank = "-"

    let points: Int
    let bold: Bool

    /// A point is a pixel here: text is drawn at 72 dots an inch.
    public init(points: Int, bold: Bool = false) {
        self.points = points
        self.bold = bold
    }

    /// Draws a line; one that is wider than `width` pixels loses its middle, since names differ at their ends.
    public func mask(_ text: String, fitting width: Int) throws(ImageError) -> Mask {
        var kept = Array(Self.printable(text))
        var mask = try mask(String(kept))
        while mask.size.width > width, kept.count > 2 {
            kept = Array(kept.prefix(kept.count * width / mask.size.width))
            mask = try self.mask(Self.shortened(text, to: kept.count))
        }
        return mask
    }

    private static func shortened(_ text: String, to count: Int) -> String {
        let characters = Array(printable(text))
        let tail = max(1, count / 2)
        return String(characters.prefix(max(1, count - 1 - tail))) + ellipsis + String(characters.suffix(tail))
    }

    /// Control characters, and those that turn the direction of a line, would be obeyed instead of shown.
    private static func printable(_ text: String) -> String {
        let blank = text.allSatisfy(\.isWhitespace) ? Self.blank : text
        return String(
            String.UnicodeScalarView(blank.unicodeScalars.map { $0.properties.isShown ? $0 : Unicode.Scalar(0xFFFD)! }))
    }

    private func mask(_ text: String) throws(ImageError) -> Mask {
        Vips.start()
        var drawn: VipsPicture.Reference?
        let font = "DejaVu Sans \(bold ? "Bold " : "")\(points)"
        guard cvips_text(&drawn, Self.markup(text), font, 72) == 0 else {
            // Some letters are blank without being white space.
            if text != Self.blank { return try mask(Self.blank) }
            throw .undrawable(reason: "no font for its text: \(Vips.takeErrorText())")
        }
        do throws(VipsFailure) {
            let picture = try VipsPicture(owning: drawn)
            return Mask(size: picture.size, coverage: try picture.bytes())
        } catch {
            throw .undrawable(reason: "its text")
        }
    }

    private static func markup(_ text: String) -> String {
        text.reduce(into: "") { markup, character in
            switch character {
            case "&": markup += "&amp;"
            case "<": markup += "&lt;"
            case ">": markup += "&gt;"
            default: markup.append(character)
            }
        }
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isShown: Bool {
        switch generalCategory {
        case .control, .format, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
