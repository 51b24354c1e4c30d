extension Tile {
    /// A band of one colour across a cloth.
    typealias Band = (start: Double, width: Double, colour: Colour, opacity: Double)

    /// Bands down the cloth, and the same ones across it where `isCrossed`, all bent a little.
    static func banded(every width: Double, _ bands: [Band], isCrossed: Bool, random: inout SplitMix64) -> Tile {
        let side = width * repeats(of: width)
        let starts = stride(from: -width, to: side + width, by: width)
        let warpBands = starts.flatMap { start in
            bands.map { Mark.band(start + $0.start, -20, $0.width, side + 40, $0.colour, $0.opacity) }
        }
        let weftBands = isCrossed ? warpBands.map { $0.moved { Point($0.y, $0.x) } } : []
        return bent(warpBands + weftBands, side, stretch: 1, random: &random)
    }

    /// A repeat of `width` by `height`, laid often enough to be bent without the bend itself being seen again.
    static func woven(_ width: Double, _ height: Double, _ marks: [Mark], random: inout SplitMix64) -> Tile {
        let (columns, rows) = (repeats(of: width), repeats(of: height))
        let places = stride(from: -1, through: columns, by: 1).flatMap { column in
            stride(from: -1, through: rows, by: 1).map { Point(column * width, $0 * height) }
        }
        let laid = places.flatMap { place in marks.map { $0.moved { $0 + place } } }
        // The tile must be square for the bend to close over both of its edges.
        return bent(laid, width * columns, stretch: width * columns / (height * rows), random: &random)
    }

    private static func repeats(of width: Double) -> Double {
        max(1, (180 / width).rounded())
    }

    private static func bent(_ marks: [Mark], _ side: Double, stretch: Double, random: inout SplitMix64) -> Tile {
        let warp = Warp(amplitude: 0.8, wavelength: side, random: &random)
        let bent = marks.map { $0.bendable(every: 30).moved { warp(Point($0.x, $0.y * stretch)) } }
        return Tile(width: side, height: side, marks: bent.map(\.element))
    }
}
