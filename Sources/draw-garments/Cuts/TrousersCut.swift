/// Anything with two legs: trousers, and the shorts that are cut from them.
struct TrousersCut: Cut {
    let waist: Point
    let hip: Point
    let crotch: Double
    let hem: Point
    let inseam: Double
    let band: Double
    let fastening: WaistFastening
    let turnUp: Double?
    let isCreased: Bool
    let backPockets: Bool

    init(random: inout SplitMix64) {
        waist = Point(random.number(62, 69), random.number(52, 58))
        hip = Point(waist.x + random.number(12, 19), waist.y + 88)
        crotch = waist.y + random.number(122, 136)
        inseam = random.number(10, 20)
        hem = Point(inseam + random.pick([46, 54, 66, 86]) + random.number(-3, 3), random.number(440, 478))
        band = random.number(14, 19)
        fastening = random.pick([.button, .button, .drawstring, .belt])
        turnUp = random.chance(0.3) ? random.number(11, 16) : nil
        isCreased = random.chance(0.4)
        backPockets = random.chance(0.75)
    }

    /// Shorts are photographed nearer, so the same waist is wider.
    init(shorts random: inout SplitMix64) {
        waist = Point(random.number(80, 88), random.number(120, 132))
        hip = Point(waist.x + random.number(16, 24), waist.y + 84)
        crotch = waist.y + random.number(116, 128)
        inseam = random.number(6, 12)
        hem = Point(hip.x + random.number(10, 30), crotch + random.number(46, 112))
        band = random.number(18, 25)
        fastening = random.pick([.button, .drawstring, .drawstring, .belt])
        turnUp = random.chance(0.45) ? random.number(14, 20) : nil
        isCreased = false
        backPockets = random.chance(0.75)
    }

    func layers(_ view: View, random: inout SplitMix64) -> [Layer] {
        (view == .front ? inside : []) + legs(random: &random) + turnUps
            + (view == .front ? front : back) + waistband(view) + fastening.layers(view, at: waist, band: band)
    }

    private var isShort: Bool { hem.y - crotch < 200 }
    private var innerHem: Point { Point(inseam, hem.y + 2) }

    private var inside: [Layer] {
        let top = waist.y - band
        let half = Outline(from: Point(0, top - 7)).bow(to: Point(waist.x - 3, top + 1), by: 3).line(
            to: Point(waist.x - 3, top + 6)
        )
        .bow(to: Point(0, top + 13), by: -1)
        return [.panel(half.withMirrorImage, .inside), .label(Point(0, top))]
    }

    private func legs(random: inout SplitMix64) -> [Layer] {
        [.panel(leg(random: &random).mirrored), .panel(leg(random: &random))]
            + [.seam(Outline(from: Point(0, waist.y)).bow(to: Point(0, crotch), by: 1))] + creases
    }

    private func leg(random: inout SplitMix64) -> Panel {
        let outline = Outline(from: Point(0, waist.y)).line(to: waist)
            .curve(waist + Point(8, 30), hip - Point(1, 36), to: hip)
            .curve(hip + Point(1, (hem.y - hip.y) * 0.3), hem - Point(0, (hem.y - hip.y) * 0.4), to: hem)
            .bow(to: innerHem, by: 2)
            .curve(innerHem - Point(-1, (hem.y - crotch) * 0.5), Point(5, crotch + 24), to: Point(0, crotch)).closed()
        return Panel(outline: outline, grain: isShort ? -2 : -1, folds: folds(random: &random))
    }

    private func folds(random: inout SplitMix64) -> [Fold] {
        let pulled = Drape.pulled(
            4, from: Point(2, crotch - 4), towards: -48, spread: 75, length: isShort ? 80 : 58, random: &random)
        guard !isShort else {
            return pulled + Drape.hanging(3, from: waist, to: hem, width: 12, random: &random).filter { $0.to.x > 20 }
        }
        let knee = crotch + (hem.y - crotch) * 0.42
        let middle = (hip.x + hem.x) / 2
        return pulled
            + Drape.across(
                3, between: Point(middle, knee), and: Point(6, knee + 12), along: Point(0, 15), random: &random)
            + Drape.across(
                2, between: Point(hem.x, hem.y - 42), and: Point(inseam, hem.y - 34), along: Point(0, 14),
                random: &random)
    }

    private var creases: [Layer] {
        guard isCreased else { return [] }
        let crease = Outline(from: Point(waist.x * 0.52, waist.y + 40)).bow(
            to: Point((hem.x + inseam) / 2, hem.y), by: 2)
        return [.crease(crease), .crease(crease.mirrored)]
    }

    private var turnUps: [Layer] {
        guard let turnUp else {
            let line = Outline(from: hem - Point(0.5, 8)).bow(to: innerHem - Point(-0.5, 8), by: 2)
            return [.stitching(line), .stitching(line.mirrored)]
        }
        let slope = (hem.x - hip.x) / (hem.y - hip.y)
        let outline = Outline(from: hem + Point(1 - slope * turnUp, -turnUp)).line(to: hem + Point(1.4, 1))
            .bow(to: innerHem + Point(-1.4, 1), by: 2).line(to: innerHem + Point(-1, -turnUp))
            .bow(to: hem + Point(1 - slope * turnUp, -turnUp), by: -2).closed()
        return Layer.pair(Panel(outline: outline))
    }

    private var front: [Layer] {
        let reach = isShort ? 1.35 : 1
        let pocket = Outline(from: Point(waist.x * 0.62, waist.y))
            .bow(to: Point(waist.x + 8 * reach, waist.y + 52 * reach), by: -7)
        let fly = Outline(from: Point(13 * reach, waist.y)).line(to: Point(13 * reach, waist.y + 50 * reach))
            .bow(to: Point(1, waist.y + 78 * reach), by: 5)
        let lines = [pocket, pocket.mirrored].flatMap { [Layer.seam($0), .stitching($0.lowered(3.5))] }
        return lines + (fastening == .drawstring ? [] : [.stitching(fly)])
    }

    private var back: [Layer] {
        let yoke = Outline(from: Point(waist.x + 4, waist.y + 22)).bow(to: Point(0, waist.y + 38), by: 1)
        return [.seam(yoke), .seam(yoke.mirrored)] + (backPockets ? pockets : [])
    }

    private var pockets: [Layer] {
        let size = isShort ? 1.4 : 1
        let (left, right, top) = (waist.x * 0.28, waist.x * 0.28 + 32 * size, waist.y + 48 * size)
        let outline = Outline(from: Point(left, top + 2)).line(to: Point(right, top)).line(
            to: Point(right - 1, top + 30 * size)
        )
        .line(to: Point((left + right) / 2, top + 38 * size)).line(to: Point(left + 1, top + 31 * size)).closed()
        let hem = Outline(from: Point(left, top + 8)).line(to: Point(right, top + 6))
        return Layer.pair(Panel(outline: outline, isSewnOn: true)) + [.stitching(hem), .stitching(hem.mirrored)]
    }

    private func waistband(_ view: View) -> [Layer] {
        let sag = view == .front ? 7.0 : -2
        let top = Point(waist.x - 2, waist.y - band)
        let half = Outline(from: Point(0, top.y + sag)).bow(to: top, by: sag * -0.3).bow(
            to: waist + Point(0.6, 0), by: 0.5
        )
        .bow(to: Point(0, waist.y + 4), by: 1)
        return [.panel(half.withMirrorImage, fastening == .drawstring ? .rib : .face)]
    }
}
