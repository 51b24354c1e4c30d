/// Colours that a designer would put together: the cloth's ground, what is printed or woven into it, and a third.
struct Colourway: Sendable, Hashable {
    let ground: Colour
    let motif: Colour
    let accent: Colour

    private init(_ ground: Colour, _ motif: Colour, _ accent: Colour) {
        self.ground = ground
        self.motif = motif
        self.accent = accent
    }

    static let all: [Colourway] = [
        Colourway(.navy, .ivory, .coral), Colourway(.ivory, .navy, .scarlet), Colourway(.blush, .raspberry, .olive),
        Colourway(.sage, .white, .bottle), Colourway(.mustard, .chocolate, .ivory), Colourway(.white, .ink, .scarlet),
        Colourway(.terracotta, .ivory, .petrol), Colourway(.teal, .butter, .coral), Colourway(.sky, .white, .navy),
        Colourway(.burgundy, .blush, .mustard), Colourway(.ink, .ecru, .rose), Colourway(.butter, .cornflower, .rust),
        Colourway(.lavender, .plum, .white), Colourway(.bottle, .ecru, .mustard), Colourway(.sand, .rust, .bottle),
        Colourway(.cornflower, .white, .butter), Colourway(.charcoal, .dove, .mustard),
        Colourway(.coral, .ivory, .teal), Colourway(.mint, .bottle, .coral), Colourway(.camel, .ivory, .burgundy),
        Colourway(.plum, .lavender, .butter), Colourway(.ecru, .terracotta, .teal), Colourway(.denim, .white, .camel),
        Colourway(.olive, .ecru, .rust), Colourway(.rose, .ivory, .burgundy), Colourway(.petrol, .mint, .terracotta),
        Colourway(.dove, .charcoal, .raspberry), Colourway(.scarlet, .ivory, .navy), Colourway(.slate, .white, .sky),
        Colourway(.chocolate, .sand, .coral),
    ]

    var isDark: Bool { ground.lightness < 0.5 }

    /// The two colours the other way round: white on navy for navy on white.
    var inverted: Colourway { Colourway(motif, ground, accent) }

    /// The colourway with its lighter colour for the ground, as woven checks want it.
    var onLightGround: Colourway { ground.lightness < motif.lightness ? inverted : self }
}
