extension Tile {
    /// Four dark and four light threads in a two-and-two twill, which is all that a houndstooth is.
    static func houndstooth(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let unit = random.number(3.2, 7)
        let teeth: [[(Double, Double)]] = [
            [(0, 0), (2, 0), (2, 2), (0, 2)], [(0, 3), (1, 4), (0, 4)], [(0, 2), (1, 2), (2, 3), (2, 4)],
            [(2, 0), (2, 1), (3, 2), (4, 2)], [(3, 0), (4, 0), (4, 1)],
        ]
        let marks = teeth.map { tooth in
            Mark.polygon(tooth.map { Point($0.0 * unit, $0.1 * unit) }, colours.motif)
        }
        return woven(unit * 4, unit * 4, marks, random: &random)
    }

    static func argyle(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let width = random.number(34, 52)
        let height = width * random.number(1.4, 1.7)
        let diamond = [Point(width / 2, 0), Point(width, height / 2), Point(width / 2, height), Point(0, height / 2)]
        let falling = stitches(from: Point(0, 0), to: Point(width, height), colours.accent)
        let rising = stitches(from: Point(width, 0), to: Point(0, height), colours.accent)
        return woven(width, height, [.polygon(diamond, colours.motif, 0.94)] + falling + rising, random: &random)
    }

    private static func stitches(from start: Point, to end: Point, _ colour: Colour) -> [Mark] {
        let across = (end - start).outward * 0.7
        return (0..<10).map { stitch in
            let from = start.towards(end, (Double(stitch) + 0.15) / 10)
            let to = start.towards(end, (Double(stitch) + 0.8) / 10)
            return .polygon([from + across, to + across, to - across, from - across], colour)
        }
    }

    static func zigzags(_ colours: Colourway, random: inout SplitMix64) -> Tile {
        let width = random.number(18, 34)
        let rise = width * random.number(0.35, 0.6)
        let weight = random.number(4, 8)
        let paints = [colours.motif, random.chance(0.6) ? colours.accent : colours.motif]
        let rows = paints.indices.map { row in
            zigzag(at: Double(row) * weight * 2.9, width: width, rise: rise, weight: weight, paints[row])
        }
        return woven(width, weight * 5.8, rows, random: &random)
    }

    private static func zigzag(at y: Double, width: Double, rise: Double, weight: Double, _ colour: Colour) -> Mark {
        let top = [Point(0, y), Point(width / 2, y + rise), Point(width, y)]
        return .polygon(top + top.reversed().map { $0 + Point(0, weight) }, colour)
    }
}
