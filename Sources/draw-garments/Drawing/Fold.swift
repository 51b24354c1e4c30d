/// A soft crease in hanging cloth: a shadow with a lit ridge beside it.
struct Fold: Sendable {
    let from: Point
    let to: Point
    /// How wide it has become at its end; it begins as nothing.
    let width: Double
    let depth: Double
    var bend = 0.0

    var shadow: Outline { wedge(width, aside: 0) }
    var ridge: Outline { wedge(width * 0.7, aside: width * 0.95) }

    var mirrored: Fold {
        Fold(from: from.mirrored, to: to.mirrored, width: width, depth: depth, bend: -bend)
    }

    func moved(_ move: (Point) -> Point) -> Fold {
        Fold(from: move(from), to: move(to), width: width, depth: depth, bend: bend)
    }

    private func wedge(_ width: Double, aside: Double) -> Outline {
        let across = (to - from).outward
        let (left, right) = (to + across * (aside - width / 2), to + across * (aside + width / 2))
        let start = from + across * (aside * 0.5)
        return Outline(from: start).bow(to: right, by: bend).bow(to: left, by: width * 0.2).bow(to: start, by: -bend)
            .closed()
    }
}
