/// A skirt, photographed nearer than a dress.
struct SkirtCut: Cut {
    enum Style: Sendable { case pencil, flared, pleated, buttoned }

    let style: Style
    let waist: Point
    let hem: Point
    let band: Double
    let tier: Double?
    let hasPockets: Bool

    init(random: inout SplitMix64) {
        style = random.pick([.pencil, .flared, .flared, .pleated, .buttoned])
        waist = Point(random.number(62, 70), random.number(84, 96))
        let length = random.pick([235.0, 300, 365]) + random.number(-12, 12)
        let flare = style == .pencil ? random.number(14, 22) : random.number(40, 62) + length * 0.1
        hem = Point(min(waist.x + flare, 168), waist.y + length)
        band = random.number(14, 24)
        tier = style == .flared && random.chance(0.4) ? random.number(62, 84) : nil
        hasPockets = style == .buttoned || (style == .flared && random.chance(0.5))
    }

    func layers(_ view: View, random: inout SplitMix64) -> [Layer] {
        inside(view) + cloth(random: &random) + details(view) + waistband(view)
    }

    private var panel: SkirtPanel {
        SkirtPanel(waist: waist, hem: hem, drop: style == .pencil ? 4 : 12, waves: style == .pencil ? 0.4 : 3)
    }

    private func inside(_ view: View) -> [Layer] {
        guard view == .front else { return [] }
        let top = waist.y - band
        let half = Outline(from: Point(0, top - 7)).bow(to: Point(waist.x - 3, top + 1), by: 3).line(
            to: Point(waist.x - 3, top + 6)
        )
        .bow(to: Point(0, top + 13), by: -1)
        return [.panel(half.withMirrorImage, .inside), .label(Point(0, top - 1))]
    }

    private func cloth(random: inout SplitMix64) -> [Layer] {
        var panel = self.panel.panel(above: tier, random: &random)
        if style == .pencil { panel.folds = pencilFolds(random: &random) }
        return (tier.map { self.panel.tier($0, random: &random) } ?? []) + [.panel(panel)]
    }

    private func pencilFolds(random: inout SplitMix64) -> [Fold] {
        let hip = Point(waist.x + 8, waist.y + 60)
        return Drape.pulled(2, from: hip, towards: 70, spread: 30, length: 70, random: &random)
            + Drape.pulled(2, from: hip, towards: 70, spread: 30, length: 70, random: &random).map(\.mirrored)
            + Drape.hanging(4, from: waist, to: hem, width: 8, random: &random)
    }

    private func details(_ view: View) -> [Layer] {
        let hemming = tier == nil ? [panel.hemStitching] : []
        switch style {
        case .pleated: return hemming + pleats
        case .buttoned where view == .front: return hemming + buttons + pockets
        case .pencil where view == .back: return hemming + zip + vent
        default: return hemming + (view == .back ? zip : pockets)
        }
    }

    private var pleats: [Layer] {
        stride(from: -0.86, through: 0.87, by: 0.2457).map { share in
            .crease(
                Outline(from: Point(waist.x * share, waist.y + 4))
                    .bow(to: Point(hem.x * share, hem.y + 12 * (1 - share * share)), by: share * -3))
        }
    }

    private var buttons: [Layer] {
        let edge = Outline(from: Point(8, waist.y)).line(to: Point(8, hem.y + 10))
        return [.stitching(edge), .stitching(edge.mirrored)]
            + stride(from: waist.y + 20, to: hem.y - 16, by: 36).map { .button(Point(0, $0), radius: 4) }
    }

    private var pockets: [Layer] {
        guard hasPockets else { return [] }
        let slant = Outline(from: Point(waist.x * 0.6, waist.y + 3)).bow(to: Point(waist.x + 10, waist.y + 50), by: -7)
        return [slant, slant.mirrored].flatMap { [.seam($0), .stitching($0.lowered(3))] }
    }

    private var zip: [Layer] {
        [
            .seam(Outline(from: Point(0, waist.y - band)).line(to: Point(0, waist.y + 80))),
            .stitching(
                Outline(from: Point(4, waist.y)).line(to: Point(4, waist.y + 76)).line(to: Point(0, waist.y + 81))),
        ]
    }

    private var vent: [Layer] {
        [.crease(Outline(from: Point(0, hem.y - 62)).bow(to: Point(3, hem.y + 4), by: 1))]
    }

    private func waistband(_ view: View) -> [Layer] {
        let sag = view == .front ? 8.0 : -1
        let top = Point(waist.x - 2, waist.y - band)
        let half = Outline(from: Point(0, top.y + sag)).bow(to: top, by: sag * -0.3).bow(
            to: waist + Point(1, 0), by: 0.5
        )
        .bow(to: Point(0, waist.y + 5), by: 1)
        let fastener: [Layer] =
            style == .buttoned && view == .front ? [.button(Point(0, waist.y - band / 2 + 6), radius: 4)] : []
        return [.panel(half.withMirrorImage, style == .pleated ? .trim : .face, grain: 90)] + fastener
    }
}
