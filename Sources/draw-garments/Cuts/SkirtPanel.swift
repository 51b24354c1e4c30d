import Glibc

/// The cloth that hangs from a waist, of a skirt or a dress.
struct SkirtPanel: Sendable {
    let waist: Point
    let hem: Point
    /// How much lower the hem hangs in the middle than at the sides.
    let drop: Double
    /// How far the hem waves; a full skirt's does more.
    let waves: Double

    /// Without what hangs below as a tier of `tier` pixels.
    func panel(above tier: Double? = nil, random: inout SplitMix64) -> Panel {
        let end = tier.map { Point(side(above: $0), hem.y - $0) } ?? hem
        return Panel(
            outline: body(to: end).withMirrorImage,
            folds: Drape.hanging(
                Int(4 + hem.x / 14), from: waist, to: end, width: 6 + hem.x * 0.09, random: &random))
    }

    private func body(to end: Point) -> Outline {
        Outline(from: Point(0, waist.y + 4)).bow(to: waist, by: -1)
            .curve(
                waist + Point(6 + (end.x - waist.x) * 0.3, (end.y - waist.y) * 0.22),
                end - Point((end.x - waist.x) * 0.18, (end.y - waist.y) * 0.35), to: end
            )
            .spline(through: hemline(at: end))
    }

    private func side(above tier: Double) -> Double {
        hem.x - (hem.x - waist.x) * 0.22 - tier * 0.08
    }

    /// From the right-hand side to the middle line.
    private func hemline(at end: Point, phase: Double = 0) -> [Point] {
        (1...8).map { step in
            let share = 1 - Double(step) / 8
            let sag = drop * (1 - share * share)
            return Point(end.x * share, end.y + sag + waves * sin(Double(step) * 1.9 + phase))
        }
    }

    /// A gathered strip below the panel.
    func tier(_ height: Double, random: inout SplitMix64) -> [Layer] {
        let top = Point(side(above: height) - 2, hem.y - height - 3)
        let half = Outline(from: Point(0, top.y)).line(to: top).bow(to: hem + Point(4, 0), by: 3)
            .spline(through: hemline(at: hem + Point(4, 0)))
        let gathers = Drape.hanging(15, from: top, to: hem, width: 8, random: &random)
        return [.panel(half.withMirrorImage, folds: gathers)]
    }

    var hemStitching: Layer {
        let line = Outline(from: hem).spline(through: hemline(at: hem)).reversed
        return .stitching(line.joinedMirrored.lowered(-6).narrowed(0.985))
    }
}
