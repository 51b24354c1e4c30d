extension Tile {
    /// Where two bands cross, both colours are seen.
    static func checks(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let make = random.pick([gingham, tartan, tartan, windowpane])
        return make(colours, &random)
    }

    private static func gingham(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let check = random.number(7, 14)
        return banded(
            every: check * 2, [(check / 2, check, colours.motif, 0.62)], isCrossed: true, random: &random)
    }

    private static func tartan(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let sett = random.number(40, 62)
        let bands: [Band] = [
            (0.33, 0.34, colours.motif, 0.6), (0.48, 0.04, colours.ground, 0.8), (0.05, 0.05, colours.accent, 0.9),
            (0.17, 0.08, colours.motif, 0.55), (0.75, 0.08, colours.motif, 0.55),
        ]
        return banded(
            every: sett, bands.map { ($0.start * sett, $0.width * sett, $0.colour, $0.opacity) }, isCrossed: true,
            random: &random)
    }

    private static func windowpane(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let pane = random.number(26, 40)
        let bands: [Band] = [(pane * 0.5, 2.4, colours.motif, 0.85), (pane * 0.5 + 5, 1, colours.accent, 0.7)]
        return banded(every: pane, bands, isCrossed: true, random: &random)
    }
}
