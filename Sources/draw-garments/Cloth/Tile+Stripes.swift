extension Tile {
    static func stripes(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let make = random.pick([pinstripes, evenStripes, bretonStripes, blazerStripes])
        return make(colours, &random)
    }

    private static func pinstripes(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let repeating = random.number(9, 13)
        return stripes([(repeating / 2 - 0.9, 1.8, colours.motif)], every: repeating, random: &random)
    }

    private static func evenStripes(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let width = random.number(7, 15)
        return stripes([(width / 2, width, colours.motif)], every: width * 2, random: &random)
    }

    private static func bretonStripes(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let width = random.number(5, 7)
        return stripes([(width, width, colours.motif)], every: width * random.number(2.8, 3.4), random: &random)
    }

    private static func blazerStripes(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let unit = random.number(3, 4.5)
        let bands = [
            (unit * 3, unit * 3, colours.motif), (unit * 1.2, unit * 0.7, colours.accent),
            (unit * 7.1, unit * 0.7, colours.accent),
        ]
        return stripes(bands, every: unit * 9, random: &random)
    }

    private static func stripes(
        _ stripes: [(start: Double, width: Double, colour: Colour)], every width: Double, random: inout SplitMix64
    ) -> Tile {
        banded(every: width, stripes.map { ($0.start, $0.width, $0.colour, 1) }, isCrossed: false, random: &random)
    }
}
