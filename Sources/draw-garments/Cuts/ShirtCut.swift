/// A short-sleeved shirt with collar and buttons.
struct ShirtCut: Cut {
    enum Collar: Sendable { case pointed, camp }

    let collar: Collar
    let shoulder: Point
    let armpit: Point
    let hem: Point
    let hasTails: Bool
    let sleeve: Sleeve
    let pockets: Int
    let contrast: Panel.Cloth
    let neck = Point(27, 68)

    init(random: inout SplitMix64) {
        collar = random.pick([.pointed, .pointed, .camp])
        shoulder = Point(random.number(92, 104), random.number(92, 98))
        armpit = Point(shoulder.x - random.number(3, 8), shoulder.y + random.number(84, 96))
        hem = Point(armpit.x + random.number(-4, 6), random.number(345, 392))
        hasTails = random.chance(0.5)
        sleeve = Sleeve(
            shoulder: shoulder, armpit: armpit, length: random.number(92, 116), spread: random.number(24, 34),
            cuffWidth: random.number(66, 76), puff: 5)
        pockets = random.pick([0, 1, 1, 2])
        contrast = random.pick([.face, .face, .face, .trim])
    }

    func layers(_ view: View, random: inout SplitMix64) -> [Layer] {
        (view == .front ? inside : []) + sleeve.pair(random: &random) + sleeve.hemStitching(9)
            + body(view, random: &random) + (view == .front ? front : back)
    }

    private var depth: Double { collar == .camp ? 138 : 100 }

    private var inside: [Layer] {
        let half = Outline(from: Point(0, 58)).bow(to: Point(neck.x - 4, neck.y - 2), by: 3)
            .line(to: Point(neck.x, neck.y + 6)).bow(to: Point(0, depth + 2), by: collar == .camp ? 0 : 6)
        return [.panel(half.withMirrorImage, .inside), .label(Point(0, 73))]
    }

    private func body(_ view: View, random: inout SplitMix64) -> [Layer] {
        let centre = view == .front ? depth : neck.y + 4
        let half = Outline(from: Point(0, centre)).bow(to: neck, by: view == .front && collar == .pointed ? -6 : -2)
            .bow(to: shoulder, by: 2).bow(to: armpit, by: -7).bow(to: hem, by: -3)
        let outline = hemmed(half, drop: view == .front ? 14 : 22).withMirrorImage
        return [.panel(outline, folds: folds(random: &random))] + hemStitching(view)
    }

    private func hemmed(_ half: Outline, drop: Double) -> Outline {
        guard hasTails else { return half.bow(to: Point(0, hem.y + 5), by: 1) }
        return half.curve(hem + Point(-12, 4), Point(hem.x * 0.7, hem.y + drop), to: Point(0, hem.y + drop))
    }

    private func hemStitching(_ view: View) -> [Layer] {
        let line = hemmed(Outline(from: hem), drop: view == .front ? 14 : 22)
        return [.stitching(line.reversed.joinedMirrored.lowered(-5).narrowed(0.985))]
    }

    private func folds(random: inout SplitMix64) -> [Fold] {
        let pulls = [false, true].flatMap { isLeft in
            Drape.pulled(3, from: armpit, towards: 42, spread: 60, length: 75, random: &random)
                .map { isLeft ? $0.mirrored : $0 }
        }
        return pulls + Drape.hanging(5, from: Point(armpit.x, armpit.y + 40), to: hem, width: 13, random: &random)
    }

    private var front: [Layer] { placket + chestPockets + collarFlaps }

    private var placket: [Layer] {
        let bottom = hem.y + (hasTails ? 13.5 : 4.5)
        let strip = Outline(from: Point(-8, depth)).line(to: Point(8, depth)).line(to: Point(8, bottom))
            .line(to: Point(-8, bottom)).closed()
        let edge = Outline(from: Point(5.5, depth)).line(to: Point(5.5, bottom))
        return [.sewnOn(strip, contrast), .stitching(edge), .stitching(edge.mirrored)]
            + stride(from: depth + 16, to: bottom - 24, by: 42).map { .button(Point(0, $0), radius: 3.6) }
    }

    private var chestPockets: [Layer] {
        guard pockets > 0 else { return [] }
        let top = armpit.y - 8
        let pocket = Outline(from: Point(24, top)).line(to: Point(66, top)).line(to: Point(65, top + 42))
            .line(to: Point(45, top + 50)).line(to: Point(25, top + 42)).closed()
        let hem = Outline(from: Point(24.5, top + 9)).line(to: Point(65.5, top + 9))
        let panel = Panel(outline: pocket, isSewnOn: true)
        return pockets == 2
            ? Layer.pair(panel) + [.stitching(hem), .stitching(hem.mirrored)] : [.panel(panel), .stitching(hem)]
    }

    private var collarFlaps: [Layer] {
        let flap = collar == .camp ? campFlap : pointedFlap
        let button: [Layer] = collar == .pointed ? [.button(Point(0, depth + 1), radius: 3.2)] : []
        return Layer.pair(Panel(outline: flap, cloth: contrast, grain: -32, isSewnOn: true)) + button
    }

    private var pointedFlap: Outline {
        Outline(from: Point(1, depth + 1)).bow(to: Point(neck.x - 5, 62), by: -7).bow(to: Point(neck.x + 7, 72), by: 3)
            .bow(to: Point(39, 118), by: 2).bow(to: Point(1, depth + 1), by: -2).closed()
    }

    private var campFlap: Outline {
        Outline(from: Point(0, depth + 2)).bow(to: Point(neck.x - 5, 62), by: -3).bow(to: Point(neck.x + 8, 72), by: 3)
            .bow(to: Point(48, 104), by: 1).line(to: Point(36, 108)).line(to: Point(44, 120))
            .bow(to: Point(0, depth + 2), by: -2).closed()
    }

    private var back: [Layer] {
        let yoke = Outline(from: Point(shoulder.x - 3, shoulder.y + 34)).bow(to: Point(0, shoulder.y + 40), by: 2)
        let pleat = Outline(from: Point(5, shoulder.y + 40)).bow(to: Point(8, hem.y - 120), by: 1)
        let half = Outline(from: Point(0, 54)).bow(to: Point(neck.x - 2, 62), by: 3).bow(
            to: Point(neck.x + 9, 74), by: 2
        )
        .bow(to: Point(0, 88), by: 4)
        return [.seam(yoke), .seam(yoke.mirrored), .stitching(yoke.lowered(3).reversed.joinedMirrored)]
            + [.crease(pleat), .crease(pleat.mirrored), .panel(half.withMirrorImage, contrast, grain: 90)]
    }
}
