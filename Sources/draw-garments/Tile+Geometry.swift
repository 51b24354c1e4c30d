extension Tile {
    /// Four dark and four light threads in a two-and-two twill, which is all that a houndstooth is.
    static func houndstooth(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let unit = random.number(3.2, 7)
        let teeth: [[(Double, Double)]] = [
            [(0, 0), (2, 0), (2, 2), (0, 2)], [(0, 3), (1, 4), (0, 4)], [(0, 2), (1, 2), (2, 3), (2, 4)],
            [(2, 0), (2, 1), (3, 2), (4, 2)], [(3, 0), (4, 0), (4, 1)],
        ]
        return Tile(
            width: unit * 4, height: unit * 4,
            marks: teeth.map { tooth in
                polygon(tooth.map { Point($0.0 * unit, $0.1 * unit) }, ["fill": colours.motif])
            })
    }

    static func argyle(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let width = random.number(34, 56)
        let height = width * random.number(1.4, 1.7)
        let diamond = [Point(width / 2, 0), Point(width, height / 2), Point(width / 2, height), Point(0, height / 2)]
        let lines = [
            Outline(from: Point(0, 0)).line(to: Point(width, height)),
            Outline(from: Point(width, 0)).line(to: Point(0, height)),
        ]
        let stitches = lines.map {
            Element.path($0, ["stroke": colours.accent, "stroke-width": 1.3, "stroke-dasharray": "4 2.2"])
        }
        return Tile(
            width: width, height: height,
            marks: [polygon(diamond, ["fill": colours.motif, "fill-opacity": 0.92])] + stitches)
    }

    static func zigzags(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let width = random.number(18, 34)
        let rise = width * random.number(0.35, 0.6)
        let weight = random.number(3.5, 7)
        let height = weight * 6.4
        let paints = [colours.motif, random.chance(0.6) ? colours.accent : colours.motif]
        let rows = (-2...5).map { row in
            zigzag(at: Double(row) * height / 2, width: width, rise: rise, paints[(row + 2) % 2], weight: weight)
        }
        return Tile(width: width, height: height, marks: rows)
    }

    private static func zigzag(at y: Double, width: Double, rise: Double, _ colour: Colour, weight: Double) -> Element {
        let line = (0...2).reduce(Outline(from: Point(-width / 2, y - rise / 2))) { outline, step in
            outline.line(to: Point(width * Double(step) / 2, y + (step.isMultiple(of: 2) ? rise : -rise) / 2))
        }.line(to: Point(width * 1.5, y - rise / 2))
        return .path(line, ["stroke": colour, "stroke-width": weight, "fill": "none"])
    }

    private static func polygon(_ points: [Point], _ paint: KeyValuePairs<String, any AttributeValue>) -> Element {
        .path(points.dropFirst().reduce(Outline(from: points[0])) { $0.line(to: $1) }.closed(), paint)
    }
}
