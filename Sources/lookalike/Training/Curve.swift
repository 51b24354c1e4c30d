/// Numbers one after the other, drawn as a line.
struct Curve {
    let title: String
    let values: [Double]

    private static let (width, height, margin) = (420.0, 200.0, 52.0)

    /// An element of a page: in its text's colour, whatever that is.
    var svg: String {
        """
        <svg viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role="img" aria-label="\(title.escapedForHTML)">
        <text x="\(Int(Self.margin))" y="18">\(title.escapedForHTML)</text>
        <text x="0" y="\(Int(y(most)) + 5)">\(most.rounded(to: digits))</text><text x="0" y="\(Int(y(least)) + 5)">\(least.rounded(to: digits))</text>
        <text x="\(Int(Self.width) - 4)" y="\(Int(Self.height) - 4)" text-anchor="end">\(values.count.grouped) times over all photos</text>
        <polyline fill="none" stroke="#2a6fdb" stroke-width="2" points="\(points)"/>
        </svg>
        """
    }

    /// As many as tell what is small from nothing.
    private var digits: Int { most < 0.1 ? 4 : 2 }

    private var most: Double { values.max() ?? 0 }
    private var least: Double { values.min() ?? 0 }

    private var points: String {
        values.enumerated().map { place, value in
            let share = Double(place) / Double(max(1, values.count - 1))
            let x = Self.margin + share * (Self.width - Self.margin - 4)
            return "\(x.rounded(to: 1)),\(y(value).rounded(to: 1))"
        }.joined(separator: " ")
    }

    private func y(_ value: Double) -> Double {
        let range = most - least
        let share = range > 0 ? (value - least) / range : 0.5
        return Self.height - 30 - share * (Self.height - 65)
    }
}
