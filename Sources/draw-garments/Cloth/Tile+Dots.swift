extension Tile {
    static func dots(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        random.chance(0.65) ? polkaDots(colours, random: &random) : confetti(colours, random: &random)
    }

    private static func polkaDots(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let side = random.number(15, 34)
        let radius = side * random.number(0.15, 0.24)
        let corners = [Point(0, 0), Point(side, 0), Point(0, side), Point(side, side)]
        return Tile(
            width: side, height: side,
            marks: (corners + [Point(side / 2, side / 2)]).map { .circle($0, radius, fill: colours.motif) })
    }

    private static func confetti(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let side = 96.0
        let paints = [colours.motif, colours.motif, colours.accent]
        return Tile(
            width: side, height: side,
            marks: strewn(34, side: side, spacing: 11.5, random: &random).flatMap { place in
                let radius = random.number(2.2, 4.8)
                let dot = Element.circle(Point(0, 0), radius, fill: random.pick(paints))
                return wrapped(dot, at: place, reach: radius, side: side)
            })
    }
}
