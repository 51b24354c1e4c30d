/// A dress: a fitted bodice and a skirt sewn to it at the waist.
struct DressCut: Cut {
    enum Arms: Sendable { case bare, cap, short, long }

    let neckline: Neckline
    let arms: Arms
    let shoulder: Point
    let armpit = Point(57, 137)
    let waist: Point
    let hem: Point
    let isWaisted: Bool
    let belt: Panel.Cloth?
    let tier: Double?
    let isButtoned: Bool
    let waves: Double

    init(random: inout SplitMix64) {
        arms = random.pick([.bare, .bare, .cap, .short, .short, .long])
        let corner = Point(random.number(24, 36), 48)
        neckline = Neckline(shape: random.pick([.round, .round, .vee, .vee, .square, .boat]), corner: corner)
        shoulder = Point(arms == .bare ? max(corner.x + 15, 50) : random.number(64, 69), arms == .bare ? 54 : 61)
        waist = Point(random.number(43, 50), random.number(196, 222))
        let length = random.pick([390.0, 425, 470, 500]) + random.number(-10, 4)
        hem = Point(random.number(72, 100) + (length - 390) * 0.32, length)
        isWaisted = random.chance(0.8)
        belt = isWaisted ? random.pick([nil, .trim, .trim, .face]) : nil
        tier = hem.x > 90 && random.chance(0.45) ? random.number(55, 80) : nil
        isButtoned = neckline.shape == .vee && random.chance(0.6)
        waves = hem.x > 88 ? random.number(2, 4.5) : 0.6
    }

    func layers(_ view: View, random: inout SplitMix64) -> [Layer] {
        (view == .front ? neckline.inside : []) + sleeves(random: &random) + skirt(random: &random)
            + bodice(view, random: &random) + neckline.binding(view, width: 4, .face) + waistline(view)
            + fastening(view)
    }

    private func sleeves(random: inout SplitMix64) -> [Layer] {
        guard let sleeve = sleeve else { return [] }
        return sleeve.pair(random: &random)
            + (arms == .long ? sleeve.cuffs(11, .face) : sleeve.hemStitching(5))
    }

    private var sleeve: Sleeve? {
        switch arms {
        case .bare: nil
        case .cap: Sleeve(shoulder: shoulder, armpit: armpit, length: 44, spread: 48, cuffWidth: 58, puff: 6)
        case .short: Sleeve(shoulder: shoulder, armpit: armpit, length: 88, spread: 30, cuffWidth: 52, puff: 8)
        case .long: Sleeve(shoulder: shoulder, armpit: armpit, length: 268, spread: 13, cuffWidth: 30, puff: 12)
        }
    }

    private func bodice(_ view: View, random: inout SplitMix64) -> [Layer] {
        let bust = Point(armpit.x + 1, armpit.y + 18)
        let half = neckline.edge(view).reversed.bow(to: shoulder, by: 1.5).bow(to: armpit, by: -6)
            .curve(bust, waist - Point(1, 40), to: waist).bow(to: Point(0, waist.y + 5), by: 1)
        return [.panel(half.withMirrorImage, folds: bodiceFolds(random: &random))] + darts(view)
    }

    private func bodiceFolds(random: inout SplitMix64) -> [Fold] {
        let right = Drape.pulled(2, from: armpit, towards: 55, spread: 40, length: 46, random: &random)
        let left = Drape.pulled(2, from: armpit, towards: 55, spread: 40, length: 46, random: &random)
        return right + left.map(\.mirrored)
            + Drape.hanging(4, from: Point(30, 120), to: waist, width: 7, random: &random)
    }

    private func darts(_ view: View) -> [Layer] {
        let height = view == .front ? 48.0 : 80
        let dart = Outline(from: Point(waist.x * 0.5, waist.y)).bow(to: Point(waist.x * 0.56, waist.y - height), by: 2)
        return isWaisted ? [.seam(dart), .seam(dart.mirrored)] : []
    }

    private func skirt(random: inout SplitMix64) -> [Layer] {
        let skirt = SkirtPanel(waist: waist, hem: hem, drop: 9, waves: waves)
        return (tier.map { skirt.tier($0, random: &random) } ?? []) + [
            .panel(skirt.panel(above: tier, random: &random))
        ]
            + (tier == nil ? [skirt.hemStitching] : [])
    }

    private func waistline(_ view: View) -> [Layer] {
        guard isWaisted else { return [] }
        guard let belt else { return [.seam(waistEdge(at: 0)), .seam(waistEdge(at: 0).mirrored)] }
        let band = waistEdge(at: -5).reversed.joined(waistEdge(at: 6)).withMirrorImage
        return [.panel(band, belt)] + (view == .front && belt == .trim ? bow : [])
    }

    /// From the side to the middle line.
    private func waistEdge(at height: Double) -> Outline {
        Outline(from: waist + Point(0.8, height)).bow(to: Point(0, waist.y + height + 5), by: 1)
    }

    private var bow: [Layer] {
        let knot = Point(-10, waist.y + 5.5)
        let ends = [Point(-9, 62), Point(10, 54)].map { end in
            Layer.cord(Outline(from: knot).bow(to: knot + end, by: end.x * 0.6))
        }
        return ends
            + [loop.mirrored, loop, knotted].map { outline in .sewnOn(outline.moved { $0 + knot }, .trim) }
    }

    /// Hangs a little, for it is only tied.
    private var loop: Outline {
        Outline(from: Point(0, -2)).curve(Point(9, -10), Point(23, -9), to: Point(26, 1))
            .curve(Point(28, 10), Point(12, 8), to: Point(0, 3)).closed()
    }

    private var knotted: Outline {
        Outline(from: Point(-3.4, -4)).bow(to: Point(3.4, -4), by: 1).bow(to: Point(3, 4.6), by: 1)
            .bow(to: Point(-3, 4.6), by: 1).bow(to: Point(-3.4, -4), by: 1).closed()
    }

    private func fastening(_ view: View) -> [Layer] {
        let top = Point(0, neckline.corner.y + 10)
        guard view == .front else {
            return [.seam(Outline(from: top).bow(to: Point(0, waist.y + 55), by: 0.5)), .button(top, radius: 1.3)]
        }
        guard isButtoned else { return [] }
        let placket = Outline(from: Point(5, top.y + 56)).line(to: Point(5, hem.y - (tier ?? 0)))
        let heights = stride(from: neckline.corner.y + 74, to: hem.y - (tier ?? 0) - 30, by: 27)
        return [.stitching(placket), .stitching(placket.mirrored)]
            + heights.filter { abs($0 - waist.y - 5) > 9 }.map { .button(Point(0, $0), radius: 2.9) }
    }
}
