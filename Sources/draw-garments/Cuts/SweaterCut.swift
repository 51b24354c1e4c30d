/// Knitwear with long sleeves: pullovers and cardigans.
struct SweaterCut: Cut {
    enum Neck: Sendable { case crew, vee, turtle, cardigan }

    let neck: Neck
    let neckline: Neckline
    let shoulder: Point
    let armpit: Point
    let hem: Point
    let sleeve: Sleeve
    let rib: Double

    init(random: inout SplitMix64) {
        neck = random.pick([.crew, .crew, .vee, .turtle, .cardigan])
        let isOpen = neck == .vee || neck == .cardigan
        neckline = Neckline(shape: isOpen ? .vee : .round, corner: Point(random.number(27, 33), 76))
        shoulder = Point(random.number(90, 102), random.number(94, 100))
        armpit = Point(shoulder.x - random.number(2, 7), shoulder.y + random.number(78, 90))
        hem = Point(armpit.x + random.number(-6, 6), random.number(318, 362))
        sleeve = Sleeve(
            shoulder: shoulder, armpit: armpit, length: random.number(236, 262), spread: random.number(13, 19),
            cuffWidth: random.number(38, 46), puff: random.number(6, 14))
        rib = random.number(18, 30)
    }

    func layers(_ view: View, random: inout SplitMix64) -> [Layer] {
        (view == .front ? neckline.inside : []) + sleeve.pair(random: &random) + sleeve.cuffs(rib, .rib)
            + body(view, random: &random) + hemRib + (view == .front ? front : []) + collar(view)
    }

    private func body(_ view: View, random: inout SplitMix64) -> [Layer] {
        let half = neckline.edge(view).reversed.bow(to: shoulder, by: 2).bow(to: armpit, by: -6)
            .bow(to: hem, by: 2).bow(to: Point(0, hem.y + 3), by: 1)
        return [.panel(half.withMirrorImage, folds: folds(random: &random))]
    }

    private func folds(random: inout SplitMix64) -> [Fold] {
        let pulls = [false, true].flatMap { isLeft in
            Drape.pulled(3, from: armpit, towards: 45, spread: 60, length: 80, random: &random)
                .map { isLeft ? $0.mirrored : $0 }
        }
        return pulls + Drape.hanging(4, from: Point(armpit.x, armpit.y + 50), to: hem, width: 14, random: &random)
    }

    private var hemRib: [Layer] {
        let half = Outline(from: Point(0, hem.y + 2)).bow(to: hem + Point(0.5, 0), by: -1)
            .bow(to: hem + Point(-4, rib), by: 1.5).bow(to: Point(0, hem.y + rib + 4), by: 1)
        return [.panel(half.withMirrorImage, .rib)]
    }

    private func collar(_ view: View) -> [Layer] {
        neck == .turtle ? [turtle] : neckline.binding(view, width: 9, .rib)
    }

    private var turtle: Layer {
        let corner = neckline.corner
        let half = Outline(from: Point(0, corner.y - 32)).bow(to: Point(corner.x - 2, corner.y - 28), by: 2)
            .bow(to: corner + Point(3, 2), by: -3).bow(to: Point(0, corner.y + 37), by: 13)
        return .panel(half.withMirrorImage, .rib)
    }

    private var front: [Layer] {
        guard neck == .cardigan else { return [] }
        let top = neckline.corner.y + 60
        let bottom = hem.y + rib + 4
        let strip = Outline(from: Point(-8, top)).line(to: Point(8, top)).line(to: Point(8, bottom))
            .line(to: Point(-8, bottom)).closed()
        return [.sewnOn(strip, .rib)]
            + stride(from: top + 24, to: bottom - 8, by: 36).map { .button(Point(0, $0), radius: 4.4) }
    }
}
