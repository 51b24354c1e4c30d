/// The kinds of garment in the catalogue, and which cloths each is sewn from.
enum GarmentKind: String, Sendable, CaseIterable {
    case dress, shirt
    case longSleeve = "long-sleeve"
    case skirt, trousers, shorts

    func cut(random: inout SplitMix64) -> any Cut {
        switch self {
        case .dress: DressCut(random: &random)
        case .shirt: ShirtCut(random: &random)
        case .longSleeve: SweaterCut(random: &random)
        case .skirt: SkirtCut(random: &random)
        case .trousers: TrousersCut(random: &random)
        case .shorts: TrousersCut(shorts: &random)
        }
    }

    /// Twenty products each, as a shop would buy them: more flowers on dresses than on trousers.
    var assortment: [(pattern: PatternFamily, count: Int)] {
        switch self {
        case .dress:
            [
                (.floral, 5), (.dotted, 3), (.botanical, 3), (.plain, 2), (.striped, 2), (.checked, 2), (.zigzag, 1),
                (.colourBlock, 1), (.houndstooth, 1),
            ]
        case .shirt:
            [(.striped, 5), (.checked, 4), (.botanical, 3), (.floral, 3), (.plain, 2), (.dotted, 2), (.zigzag, 1)]
        case .longSleeve:
            [
                (.striped, 4), (.argyle, 4), (.plain, 4), (.zigzag, 3), (.colourBlock, 2), (.houndstooth, 1),
                (.dotted, 1), (.checked, 1),
            ]
        case .skirt:
            [
                (.checked, 4), (.plain, 3), (.floral, 3), (.houndstooth, 3), (.dotted, 2), (.striped, 2),
                (.botanical, 1), (.zigzag, 1), (.colourBlock, 1),
            ]
        case .trousers:
            [(.plain, 6), (.checked, 5), (.striped, 4), (.houndstooth, 2), (.floral, 1), (.botanical, 1), (.dotted, 1)]
        case .shorts:
            [
                (.plain, 4), (.striped, 4), (.checked, 3), (.botanical, 3), (.floral, 2), (.dotted, 2), (.zigzag, 1),
                (.colourBlock, 1),
            ]
        }
    }

    func weave(random: inout SplitMix64) -> Weave {
        switch self {
        case .dress: random.pick([.smooth, .smooth, .linen])
        case .shirt: random.pick([.smooth, .linen])
        case .longSleeve: .knit
        case .skirt: random.pick([.smooth, .twill, .linen])
        case .trousers, .shorts: random.pick([.twill, .linen, .twill, .corduroy])
        }
    }
}
