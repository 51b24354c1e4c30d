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

    static func sewnOn(_ outline: Outline, _ cloth: Panel.Cloth = .face, grain: Double = 0) -> Layer {
        .panel(Panel(outline: outline, cloth: cloth, grain: grain, isSewnOn: true))
    }

    /// Cut twice, as sleeves, pockets and trouser legs are.
    static func pair(_ panel: Panel) -> [Layer] {
        [.panel(panel), .panel(panel.mirrored)]
    }
}

extension Layer {
    /// The layer with all of its points moved; long edges are split so that they can bend.
    func moved(_ move: (Point) -> Point) -> Layer {
        switch self {
        case .panel(let panel): .panel(panel.moved(move))
        case .seam(let line): .seam(line.halved.halved.moved(move))
        case .stitching(let line): .stitching(line.halved.halved.moved(move))
        case .crease(let line): .crease(line.halved.halved.moved(move))
        case .button(let centre, let radius): .button(move(centre), radius: radius)
        case .label(let place): .label(move(place))
        case .cord(let line): .cord(line.halved.moved(move))
        }
    }

    var stops: [Point] {
        if case .panel(let panel) = self { panel.outline.stops } else { [] }
    }
}
