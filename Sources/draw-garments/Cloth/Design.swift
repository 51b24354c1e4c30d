/// The cloth of one product: its pattern, colours and weave.
struct Design: Sendable {
    let family: PatternFamily
    let colours: Colourway
    let tile: Tile
    let angle: Double
    let weave: Weave
    let trim: Colour

    init(_ family: PatternFamily, _ colours: Colourway, weave: Weave, random: inout SplitMix64) {
        self.family = family
        self.colours = family.colourway(from: colours)
        tile = family.tile(self.colours, random: &random)
        angle = family.angle(random: &random)
        // Ribs along a printed or woven pattern make it flicker.
        self.weave = weave == .corduroy && family != .plain ? .twill : weave
        trim = Self.trim(family, self.colours)
    }

    private static func trim(_ family: PatternFamily, _ colours: Colourway) -> Colour {
        switch family {
        case .plain, .colourBlock: colours.ground.darker(0.12)
        case .checked, .houndstooth: colours.motif
        default: colours.ground.darker(0.16)
        }
    }

    /// Thread, a little off the cloth's own colour so that it shows.
    var thread: Colour { colours.isDark ? colours.ground.lighter(0.34) : colours.ground.darker(0.34) }

    var button: Colour { colours.isDark ? Colour.ecru : colours.ground.lightness > 0.82 ? .camel : .white }

    func ground(of cloth: Panel.Cloth) -> Colour {
        switch cloth {
        case .face: colours.ground
        case .trim, .rib: trim
        case .inside: colours.ground.mixed(with: trim, 0.3).darker(0.3)
        }
    }
}
