/// What a customer would call the pattern of a cloth; each product draws its own from the family.
enum PatternFamily: String, Sendable {
    case plain, striped, checked, dotted, floral, botanical, houndstooth, argyle, zigzag
    case colourBlock = "colourblock"

    func tile(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        switch self {
        case .plain: Tile(width: 40, height: 40)
        case .striped: .stripes(colours, random: &random)
        case .checked: .checks(colours, random: &random)
        case .dotted: .dots(colours, random: &random)
        case .floral: .flowers(colours, random: &random)
        case .botanical: .leaves(colours, random: &random)
        case .houndstooth: .houndstooth(colours, random: &random)
        case .argyle: .argyle(colours, random: &random)
        case .zigzag: .zigzags(colours, random: &random)
        case .colourBlock: .blocks(colours, random: &random)
        }
    }

    /// How a designer would turn and order the colours for such a cloth.
    func colourway(from colours: Colourway) -> Colourway {
        switch self {
        case .checked, .houndstooth: colours.onLightGround
        default: colours
        }
    }

    func angle(random: inout SplitMix64) -> Double {
        switch self {
        case .striped: random.pick([0, 0, 90, 90, 90])
        case .checked: random.pick([0, 0, 0, 0, 0, 45])
        case .dotted, .floral, .botanical: random.number(-12, 12)
        case .plain, .houndstooth, .argyle, .zigzag, .colourBlock: 0
        }
    }
}
