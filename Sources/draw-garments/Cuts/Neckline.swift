/// How the neck of a collarless garment is cut.
struct Neckline: Sendable {
    enum Shape: Sendable { case round, vee, square, boat }

    let shape: Shape
    /// Where neck and shoulder meet on the right.
    let corner: Point

    private var depth: Double {
        switch shape {
        case .round: 34
        case .vee: 62
        case .square: 44
        case .boat: 15
        }
    }

    private var backDepth: Double { shape == .boat ? 7 : 9 }

    /// From the corner to the middle line, `away` from the opening's own edge.
    func edge(_ view: View, away: Double = 0) -> Outline {
        let corner = corner + Point(away, away * 0.38)
        let bottom = self.corner.y + (view == .front ? depth : backDepth) + away
        let start = Outline(from: corner)
        switch (view, shape) {
        case (.front, .vee): return start.bow(to: Point(0, bottom + away * 0.6), by: 3)
        case (.front, .square):
            return start.bow(to: Point(corner.x - 5, bottom), by: 1.5).line(to: Point(0, bottom + 2))
        case (.front, _), (.back, _): return Self.scoop(start, corner, bottom: bottom)
        }
    }

    private static func scoop(_ outline: Outline, _ corner: Point, bottom: Double) -> Outline {
        outline.curve(
            Point(corner.x * 0.93, corner.y + (bottom - corner.y) * 0.6), Point(corner.x * 0.6, bottom),
            to: Point(0, bottom))
    }

    /// The inside of the back, seen through the front's opening, and the label in it.
    var inside: [Layer] {
        let hole = edge(.back).reversed.joined(edge(.front, away: 1)).withMirrorImage
        return [.panel(hole, .inside), .label(Point(0, corner.y + backDepth + 7))]
    }

    /// The band, facing or rib that finishes the edge.
    func binding(_ view: View, width: Double, _ cloth: Panel.Cloth) -> [Layer] {
        [.panel(edge(view).reversed.joined(edge(view, away: width)).withMirrorImage, cloth)]
    }
}
