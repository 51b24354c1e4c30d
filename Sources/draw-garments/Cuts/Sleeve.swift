/// A sleeve on the right-hand side of the picture; the other is its mirror image.
struct Sleeve: Sendable {
    let shoulder: Point
    let armpit: Point
    let length: Double
    /// Degrees by which it stands away from the body.
    let spread: Double
    let cuffWidth: Double
    var puff = 4.0

    private var axis: Point { Point(1, towards: -spread) }
    private var outerEnd: Point { shoulder + axis * length }
    private var innerEnd: Point { outerEnd + Point(cuffWidth, towards: 90 - spread) }

    /// Each sleeve has its own folds.
    func pair(random: inout SplitMix64) -> [Layer] {
        [.panel(panel(random: &random)), .panel(panel(random: &random).mirrored)]
    }

    private func panel(random: inout SplitMix64) -> Panel {
        let outline = Outline(from: shoulder).bow(to: outerEnd, by: puff).bow(to: innerEnd, by: 1.5)
            .bow(to: armpit, by: puff * 0.3).line(to: armpit.towards(shoulder, 0.5) - Point(8, 0)).closed()
        return Panel(outline: outline, grain: -spread, folds: folds(random: &random))
    }

    private func folds(random: inout SplitMix64) -> [Fold] {
        let pulled = Drape.pulled(
            2, from: armpit, towards: -spread - 15, spread: 30, length: length * 0.4, random: &random)
        guard length > 150 else { return pulled }
        let elbow = 0.48
        return pulled
            + Drape.across(
                4, between: shoulder.towards(outerEnd, elbow) + Point(puff, 0),
                and: armpit.towards(innerEnd, elbow * 0.8),
                along: axis * (length * 0.1), random: &random)
    }

    /// The last stretch of the sleeve, in another cloth.
    func cuffs(_ height: Double, _ cloth: Panel.Cloth) -> [Layer] {
        let back = axis * -height
        let outline = Outline(from: outerEnd + back + Point(0.6, 0)).line(to: outerEnd + axis).bow(
            to: innerEnd + axis, by: 1.5
        )
        .line(to: innerEnd + back).bow(to: outerEnd + back, by: -1.5).closed()
        return Layer.pair(Panel(outline: outline, cloth: cloth, grain: -spread))
    }

    /// A hem's thread, `height` above the edge.
    func hemStitching(_ height: Double) -> [Layer] {
        let back = axis * -height
        let line = Outline(from: outerEnd + back).bow(to: innerEnd + back, by: 1.5)
        return [.stitching(line), .stitching(line.mirrored)]
    }
}
