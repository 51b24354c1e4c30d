extension Tile {
    /// Blossoms in two sizes with sprigs between them, from small sprigged cottons to large garden prints.
    static func flowers(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let bloom = random.number(8, 17)
        let side = bloom * 9
        let petals = random.pick([5, 5, 6, 8])
        let places = strewn(15, side: side, spacing: bloom * 1.9, random: &random)
        let blossoms = places.enumerated().flatMap { index, place in
            let radius = bloom * (index % 3 == 0 ? 1 : random.number(0.55, 0.75))
            let blossom = blossom(
                radius, petals: petals, main: index % 3 != 1, turn: random.number(0, 72), colours: colours)
            return wrapped(blossom, at: place, reach: radius * 1.3, side: side)
        }
        return Tile(width: side, height: side, marks: sprigs(bloom, side, colours, random: &random) + blossoms)
    }

    private static func blossom(
        _ radius: Double, petals: Int, main: Bool, turn: Double, colours: Colourway
    ) -> Element {
        let petal = main ? colours.motif : colours.accent
        let heart = main ? colours.accent : colours.motif
        let crown = (0..<petals).map {
            Self.petal(radius, width: 6.4 / Double(petals), petal, turn: turn + 360 * Double($0) / Double(petals))
        }
        return .group(
            crown + [
                .circle(Point(0, 0), radius * 0.27, fill: heart),
                .circle(Point(-radius * 0.06, -radius * 0.06), radius * 0.12, fill: heart.lighter(0.45)),
            ])
    }

    private static func petal(_ radius: Double, width: Double, _ colour: Colour, turn: Double) -> Element {
        let half = radius * 0.33 * width
        let shape = Outline(from: Point(0, 0))
            .curve(Point(half, -radius * 0.3), Point(half * 1.1, -radius), to: Point(0, -radius * 0.96))
            .curve(Point(-half * 1.1, -radius), Point(-half, -radius * 0.3), to: Point(0, 0)).closed()
        let vein = Outline(from: Point(0, -radius * 0.25)).line(to: Point(0, -radius * 0.7))
        return Element(
            "g", ["transform": "rotate(\(turn.attributeText))"],
            [
                .path(shape, ["fill": colour, "stroke": colour.darker(0.3), "stroke-width": radius * 0.045]),
                .path(vein, ["stroke": colour.darker(0.28), "stroke-width": radius * 0.07, "stroke-linecap": "round"]),
            ])
    }

    private static func sprigs(
        _ bloom: Double, _ side: Double, _ colours: Colourway, random: inout SplitMix64
    ) -> [Element] {
        let green = (colours.isDark ? Colour.sage : .olive).mixed(with: colours.ground, 0.15)
        return strewn(26, side: side, spacing: bloom * 1.35, random: &random).flatMap { place in
            let turn = random.number(0, 360)
            let pair = [-28.0, 24].map { Self.leaf(bloom * 1.15, green, turn: turn + $0) }
            return wrapped(.group(pair), at: place, reach: bloom * 1.2, side: side)
        }
    }
}
