/// One piece of cloth of a garment.
struct Panel: Sendable {
    enum Cloth: Sendable {
        /// With the product's pattern.
        case face
        /// In the one colour that goes with it: collars, waistbands, belts.
        case trim
        /// Elastic knitted trim: cuffs and hems of sweaters.
        case rib
        /// The wrong side, seen where a garment is open.
        case inside
    }

    let outline: Outline
    var cloth = Cloth.face
    /// Degrees by which the thread is turned away from the vertical.
    var grain = 0.0
    var folds: [Fold] = []
    /// Lies on another panel, as pockets and collars do, and has no roundness of its own.
    var isSewnOn = false

    var mirrored: Panel {
        Panel(
            outline: outline.mirrored, cloth: cloth, grain: -grain, folds: folds.map(\.mirrored), isSewnOn: isSewnOn)
    }

    func moved(_ move: (Point) -> Point) -> Panel {
        Panel(
            outline: outline.halved.halved.moved(move), cloth: cloth, grain: grain, folds: folds.map { $0.moved(move) },
            isSewnOn: isSewnOn)
    }
}
