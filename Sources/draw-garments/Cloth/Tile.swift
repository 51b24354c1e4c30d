/// What a cloth repeats: marks on a ground, side by side without end.
struct Tile: Sendable {
    let width: Double
    let height: Double
    let marks: [Element]

    init(width: Double, height: Double, marks: [Element] = []) {
        self.width = width
        self.height = height
        self.marks = marks
    }

    /// As an SVG pattern, which the panels of a garment share.
    func pattern(_ name: String) -> Element {
        Element(
            "pattern", ["id": name, "width": width, "height": height, "patternUnits": "userSpaceOnUse"], marks)
    }

    /// The pattern of that name, turned and laid from the garment's middle line.
    func laid(_ pattern: String, as name: String, angle: Double) -> Element {
        let transform = "rotate(\(angle.attributeText)) \(Point(-width / 2, 0).translation)"
        return Element("pattern", ["id": name, "xlink:href": "#\(pattern)", "patternTransform": transform])
    }

    /// Places about `spacing` apart, with no row or column to be seen, for motifs strewn over a square tile.
    static func strewn(_ count: Int, side: Double, spacing: Double, random: inout SplitMix64) -> [Point] {
        var places: [Point] = []
        for _ in 0..<count * 30 where places.count < count {
            let candidate = Point(random.number(0, side), random.number(0, side))
            if places.allSatisfy({ $0.distance(to: candidate, around: side) > spacing }) { places.append(candidate) }
        }
        return places
    }

    /// A motif drawn again beyond the opposite edges, so that those cut by one go on over the other.
    static func wrapped(_ motif: Element, at place: Point, reach: Double, side: Double) -> [Element] {
        let seen = -reach...side + reach
        let places = [-side, 0, side].flatMap { across in [-side, 0, side].map { place + Point(across, $0) } }
        return places.filter { seen.contains($0.x) && seen.contains($0.y) }.map { place in
            Element("g", ["transform": place.translation], [motif])
        }
    }
}

extension Point {
    fileprivate func distance(to other: Point, around side: Double) -> Double {
        let across = abs(x - other.x)
        let down = abs(y - other.y)
        return Point(min(across, side - across), min(down, side - down)).length
    }
}
