/// How a cloth was made, which shows as a fine relief on every pattern.
enum Weave: Sendable {
    case smooth, linen, twill, corduroy, knit, rib

    private static let shadow = Colour(0x000000)
    private static let light = Colour(0xFFFFFF)

    var tile: Tile {
        switch self {
        case .smooth: Tile(width: 8, height: 8)
        case .linen: Tile(width: 4.6, height: 3.8, marks: Self.linenThreads)
        case .twill: Tile(width: 3, height: 3, marks: [Self.groove(0, -1, 3, 4, opacity: 0.09)])
        case .corduroy: Self.ridges(every: 4.4, opacity: 0.2)
        case .knit: Tile(width: 5, height: 4.4, marks: Self.stitch)
        case .rib: Self.ridges(every: 4.8, opacity: 0.26)
        }
    }

    private static let linenThreads: [Element] = [
        .rectangle(0, 0, 4.6, 0.9, fill: shadow, opacity: 0.06), .rectangle(0, 0, 0.9, 3.8, fill: shadow, opacity: 0.05),
        .rectangle(2, 1.6, 2.6, 0.8, fill: light, opacity: 0.1),
    ]

    private static let stitch: [Element] = [(0.0, 2.5), (5.0, 2.5)].flatMap { from, to in
        [
            groove(from, -0.6, to, 2.6, opacity: 0.17), groove(from, 3.8, to, 7, opacity: 0.17),
        ]
    }

    private static func ridges(every width: Double, opacity: Double) -> Tile {
        Tile(
            width: width, height: width,
            marks: [
                .rectangle(0, -1, width * 0.34, width + 2, fill: shadow, opacity: opacity),
                .rectangle(width * 0.5, -1, width * 0.3, width + 2, fill: light, opacity: opacity * 0.5),
            ])
    }

    private static func groove(_ x: Double, _ y: Double, _ endX: Double, _ endY: Double, opacity: Double) -> Element {
        .path(
            Outline(from: Point(x, y)).line(to: Point(endX, endY)),
            ["stroke": shadow, "stroke-width": 0.9, "stroke-opacity": opacity])
    }
}
