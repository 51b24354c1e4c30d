/// How a cloth was made, which shows as a fine relief on every pattern.
enum Weave: Sendable {
    case smooth, linen, twill, corduroy, knit, rib

    private static let shadow = Colour(0x000000)
    private static let light = Colour(0xFFFFFF)

    /// The relief over all that the picture can show, to be clipped to a panel.
    func relief(grain: Double) -> [Element] {
        let drawing = lines
        guard !drawing.isEmpty else { return [] }
        let angle = self == .twill ? grain + 24 : grain
        return [Element("g", ["transform": "rotate(\(angle.attributeText) 0 260)"], drawing)]
    }

    private var lines: [Element] {
        switch self {
        case .smooth: []
        case .linen: Self.ridges(every: 3.6, opacity: 0.045) + [Self.weft(every: 2.9, opacity: 0.035)]
        case .twill: Self.ridges(every: 2.8, opacity: 0.085)
        case .corduroy: Self.ridges(every: 4.4, opacity: 0.2)
        case .knit: Self.courses
        case .rib: Self.ridges(every: 4.8, opacity: 0.26)
        }
    }

    // One broad dashed line draws all threads at once: much faster than a line each, or than a tile, whose joints
    // would show as a grid.

    private static func ridges(every distance: Double, opacity: Double) -> [Element] {
        let across = Outline(from: Point(-300, 260)).line(to: Point(300, 260))
        return [
            threads(across, shadow, opacity, width: distance * 0.34, every: distance),
            threads(across.shifted(distance * 0.5), light, opacity * 0.5, width: distance * 0.3, every: distance),
        ]
    }

    private static func weft(every distance: Double, opacity: Double) -> Element {
        let down = Outline(from: Point(0, -40)).line(to: Point(0, 560))
        return threads(down, shadow, opacity, width: distance * 0.3, every: distance)
    }

    private static func threads(
        _ line: Outline, _ colour: Colour, _ opacity: Double, width: Double, every distance: Double
    ) -> Element {
        .path(
            line,
            [
                "stroke": colour, "stroke-opacity": opacity, "stroke-width": 600,
                "stroke-dasharray": "\(width.attributeText) \((distance - width).attributeText)",
            ])
    }

    private static let courses = [Element.rectangle(-300, -40, 600, 600, fill: "url(#stitches)")]

    /// Rows of knitted stitches: defined once in a drawing, for all of its panels.
    static let stitches = Element(
        "pattern", ["id": "stitches", "width": 5, "height": 4.4, "patternUnits": "userSpaceOnUse"],
        [0.0, 5].flatMap { edge in
            [groove(from: Point(edge, -0.6), to: Point(2.5, 2.6)), groove(from: Point(edge, 3.8), to: Point(2.5, 7))]
        })

    private static func groove(from start: Point, to end: Point) -> Element {
        .path(Outline(from: start).line(to: end), ["stroke": shadow, "stroke-width": 0.9, "stroke-opacity": 0.17])
    }
}
