/// What a garment is drawn from, the undermost first.
enum Layer: Sendable {
    case panel(Panel)
    /// Where two panels meet.
    case seam(Outline)
    /// Visible thread.
    case stitching(Outline)
    /// A pressed edge: the crease of trousers, the edge of a pleat.
    case crease(Outline)
    case button(Point, radius: Double)
    /// The maker's woven label, sewn in at the neck or the waist.
    case label(Point)
    /// Cord: drawstrings and bows.
    case cord(Outline)
}

extension Layer {
    static func panel(
        _ outline: Outline, _ cloth: Panel.Cloth = .face, grain: Double = 0, folds: [Fold] = []
    ) -> Layer {
        .panel(Panel(outline: outline, cloth: cloth, grain: grain, folds: folds))
    }

    /// Cut twice, as sleeves, pockets and trouser legs are.
    static func pair(_ panel: Panel) -> [Layer] {
        [.panel(panel), .panel(panel.mirrored)]
    }
}
