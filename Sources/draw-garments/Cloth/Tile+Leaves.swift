extension Tile {
    /// Curved stems with leaves on both sides, strewn in every direction.
    static func leaves(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let length = random.number(34, 56)
        let side = length * 2.9
        let paints = [colours.motif, colours.motif, colours.accent]
        let places = strewn(13, side: side, spacing: length * 0.62, random: &random)
        return Tile(
            width: side, height: side,
            marks: places.flatMap { place in
                let stem = Self.stem(
                    length, random.pick(paints), turn: random.number(0, 360), bend: random.number(-0.2, 0.2))
                return wrapped(stem, at: place, reach: length, side: side)
            })
    }

    private static func stem(_ length: Double, _ colour: Colour, turn: Double, bend: Double) -> Element {
        let line = Outline(from: Point(0, length * 0.5)).bow(to: Point(0, -length * 0.45), by: bend * length)
        let leaves = (0..<5).flatMap { pair in
            let height = Double(pair) / 5
            let place = Point(bend * length * 4 * height * (1 - height), length * (0.36 - 0.8 * height))
            return [-52.0, 52].map { Self.leaf(length * (0.36 - 0.2 * height), colour, turn: $0, at: place) }
        }
        let tip = Self.leaf(length * 0.22, colour, turn: 0, at: Point(0, -length * 0.42))
        return Element(
            "g", ["transform": "rotate(\(turn.attributeText))"],
            [.path(line, ["stroke": colour, "stroke-width": length * 0.028, "fill": "none"])] + leaves + [tip])
    }

    /// One leaf that grows upwards from `place`, turned about it.
    static func leaf(_ length: Double, _ colour: Colour, turn: Double, at place: Point = Point(0, 0)) -> Element {
        let shape = Outline(from: Point(0, 0)).bow(to: Point(0, -length), by: length * 0.19)
            .bow(to: Point(0, 0), by: length * 0.19).closed()
        let vein = Outline(from: Point(0, -length * 0.1)).line(to: Point(0, -length * 0.75))
        return Element(
            "g",
            ["transform": "\(place.translation) rotate(\(turn.attributeText))"],
            [
                .path(shape, ["fill": colour]),
                .path(vein, ["stroke": colour.darker(0.3), "stroke-width": length * 0.05, "stroke-opacity": 0.6]),
            ])
    }
}
