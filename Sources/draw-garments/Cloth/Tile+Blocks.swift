extension Tile {
    /// As large as the picture, so that it never repeats: each garment is cut from two or three cloths.
    static func blocks(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let make = random.pick([bands, diagonal, halves])
        return Tile(width: 400, height: 533, marks: make(colours, &random))
    }

    private static func bands(_ colours: Colourway, random: inout SplitMix64) -> [Element] {
        let first = random.number(170, 215)
        let second = first + random.number(50, 90)
        return [
            .rectangle(0, first, 400, second - first, fill: colours.accent),
            .rectangle(0, second, 400, 533 - second, fill: colours.motif),
        ]
    }

    private static func diagonal(_ colours: Colourway, random: inout SplitMix64) -> [Element] {
        let high = random.number(120, 180)
        let low = high + random.number(120, 180)
        let band = 36.0
        return [(0.0, colours.accent), (band, colours.motif)].map { offset, colour in
            let edge = Outline(from: Point(0, low + offset)).line(to: Point(400, high + offset))
            return .path(edge.line(to: Point(400, 533)).line(to: Point(0, 533)).closed(), ["fill": colour])
        }
    }

    private static func halves(_ colours: Colourway, random: inout SplitMix64) -> [Element] {
        let yoke = random.number(150, 185)
        return [
            .rectangle(0, yoke, 200, 533 - yoke, fill: colours.motif),
            .rectangle(200, yoke, 200, 533 - yoke, fill: colours.accent),
        ]
    }
}
