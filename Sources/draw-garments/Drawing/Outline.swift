/// A path of cubic Bézier curves, built edge by edge; panels run clockwise.
struct Outline: Sendable {
    private struct Edge {
        var leaving: Point
        var arriving: Point
        var end: Point
    }

    private var start: Point
    private var edges: [Edge] = []
    private var isClosed = false

    init(from start: Point) {
        self.start = start
    }

    var end: Point { edges.last?.end ?? start }

    func line(to point: Point) -> Outline {
        bow(to: point, by: 0)
    }

    /// An edge whose middle stands `bulge` outside the straight line; inside it where `bulge` is negative.
    func bow(to point: Point, by bulge: Double) -> Outline {
        let offset = (point - end).outward * (bulge * 4 / 3)
        return curve(end.towards(point, 1 / 3) + offset, end.towards(point, 2 / 3) + offset, to: point)
    }

    func curve(_ leaving: Point, _ arriving: Point, to point: Point) -> Outline {
        var outline = self
        outline.edges.append(Edge(leaving: leaving, arriving: arriving, end: point))
        return outline
    }

    /// Catmull and Rom's spline: one smooth edge through all of the points.
    func spline(through points: [Point]) -> Outline {
        let stops = [end] + points
        return stops.indices.dropLast().reduce(self) { outline, index in
            let (a, b) = (stops[index], stops[index + 1])
            let before = index > 0 ? stops[index - 1] : a
            let after = index + 2 < stops.count ? stops[index + 2] : b
            return outline.curve(a + (b - before) * (1 / 6), b - (after - a) * (1 / 6), to: b)
        }
    }

    /// Goes on with another outline, by a straight edge where that one begins elsewhere.
    func joined(_ other: Outline) -> Outline {
        var outline = other.start == end ? self : line(to: other.start)
        outline.edges += other.edges
        return outline
    }

    func closed() -> Outline {
        var outline = self
        outline.isClosed = true
        return outline
    }

    var mirrored: Outline { moved(\.mirrored) }

    /// A line from the middle, completed by its mirror image but left open: a hem's thread, a waist seam.
    var joinedMirrored: Outline { mirrored.reversed.joined(self) }

    func lowered(_ distance: Double) -> Outline { moved { $0 + Point(0, distance) } }
    func shifted(_ distance: Double) -> Outline { moved { $0 + Point(distance, 0) } }
    func narrowed(_ factor: Double) -> Outline { moved { Point($0.x * factor, $0.y) } }

    func moved(_ move: (Point) -> Point) -> Outline {
        var outline = self
        outline.start = move(start)
        outline.edges = edges.map { Edge(leaving: move($0.leaving), arriving: move($0.arriving), end: move($0.end)) }
        return outline
    }

    /// A right half that runs from the middle line to the middle line, completed by its mirror image.
    var withMirrorImage: Outline {
        var outline = self
        outline.edges += mirrored.backwards
        return outline.closed()
    }

    var reversed: Outline {
        var outline = self
        outline.start = end
        outline.edges = backwards
        return outline
    }

    private var backwards: [Edge] {
        let ends = [start] + edges.dropLast().map(\.end)
        return zip(edges, ends).reversed().map { Edge(leaving: $0.arriving, arriving: $0.leaving, end: $1) }
    }

    /// The same curve in more edges (de Casteljau's halving), so that it can be bent in more places.
    var halved: Outline {
        var outline = self
        outline.edges = zip([start] + edges.map(\.end), edges).flatMap { Self.halves(of: $1, from: $0) }
        return outline
    }

    private static func halves(of edge: Edge, from start: Point) -> [Edge] {
        let (a, b, c) = (
            start.towards(edge.leaving, 0.5), edge.leaving.towards(edge.arriving, 0.5),
            edge.arriving.towards(edge.end, 0.5)
        )
        let (ab, bc) = (a.towards(b, 0.5), b.towards(c, 0.5))
        let middle = ab.towards(bc, 0.5)
        return [Edge(leaving: a, arriving: ab, end: middle), Edge(leaving: bc, arriving: c, end: edge.end)]
    }

    /// Where the outline has been; close to its bounds once it has been halved a few times.
    var stops: [Point] { [start] + edges.map(\.end) }

    var longestRun: Double { zip(stops, stops.dropFirst()).map { ($1 - $0).length }.max() ?? 0 }
}

extension Outline: AttributeValue {
    var attributeText: String {
        "M\(pair(start))" + edges.map { "C\(pair($0.leaving)) \(pair($0.arriving)) \(pair($0.end))" }.joined()
            + (isClosed ? "Z" : "")
    }

    private func pair(_ point: Point) -> String {
        "\(point.x.attributeText) \(point.y.attributeText)"
    }
}
