extension Tile {
    static func checks(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let make = random.pick([gingham, tartan, tartan, windowpane])
        return make(colours, &random)
    }

    private static func gingham(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let check = random.number(7, 14)
        return crossed([(check / 2, check, colours.motif, 0.62)], every: check * 2)
    }

    private static func tartan(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let sett = random.number(40, 62)
        return crossed(
            [
                (sett * 0.08, sett * 0.34, colours.motif, 0.6), (sett * 0.23, sett * 0.04, colours.ground, 0.8),
                (sett * 0.52, sett * 0.08, colours.motif, 0.55), (sett * 0.70, sett * 0.05, colours.accent, 0.9),
                (sett * 0.84, sett * 0.08, colours.motif, 0.55),
            ], every: sett)
    }

    private static func windowpane(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let pane = random.number(26, 40)
        return crossed(
            [(pane * 0.5, 2.4, colours.motif, 0.85), (pane * 0.5 + 5, 1, colours.accent, 0.7)], every: pane)
    }

    /// The same bands in warp and weft; where two cross, both colours are seen.
    private static func crossed(
        _ bands: [(start: Double, width: Double, colour: Colour, opacity: Double)], every side: Double
    ) -> Tile {
        let warp = bands.map { Element.rectangle($0.start, -1, $0.width, side + 2, fill: $0.colour, opacity: $0.opacity) }
        let weft = bands.map { Element.rectangle(-1, $0.start, side + 2, $0.width, fill: $0.colour, opacity: $0.opacity) }
        return Tile(width: side, height: side, marks: warp + weft)
    }
}
