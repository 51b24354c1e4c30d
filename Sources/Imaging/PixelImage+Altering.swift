import Foundation

// What happens to photos on their way to somebody who asks with one.
extension PixelImage {
    /// The part within a margin at each edge, in shares of the width and of the height.
    public func cropped(left: Double = 0, top: Double = 0, right: Double = 0, bottom: Double = 0) -> PixelImage {
        let columns = kept(width, without: left, right)
        let rows = kept(height, without: top, bottom)
        var kept: [UInt8] = []
        for row in rows {
            let start = row * width * Self.channels
            kept += pixels[start + columns.lowerBound * Self.channels..<start + columns.upperBound * Self.channels]
        }
        return PixelImage(width: columns.count, height: rows.count, pixels: kept)
    }

    /// At least one of so many.
    private func kept(_ count: Int, without start: Double, _ end: Double) -> Range<Int> {
        // What lies far outside is no whole number.
        func edge(_ share: Double) -> Int { Int(min(Double(count), max(0, Double(count) * share)).rounded()) }
        let first = min(count - 1, edge(start))
        return first..<max(first + 1, edge(1 - end))
    }

    /// As in a mirror: what was at the left is at the right.
    public var mirrored: PixelImage {
        mapped { column, row in self[width - 1 - column, row] }
    }

    /// Turned around its middle, clockwise; white where nothing is left.
    public func rotated(degrees: Double) -> PixelImage {
        let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
        let (middleX, middleY) = (Double(width - 1) / 2, Double(height - 1) / 2)
        return mapped { column, row in
            let (x, y) = (Double(column) - middleX, Double(row) - middleY)
            return blended(x: middleX + cosine * x + sine * y, y: middleY - sine * x + cosine * y)
        }
    }

    /// In other colours, as light as before: turned around the axis of greys.
    public func recoloured(degrees: Double) -> PixelImage {
        let (sine, cosine) = (sin(degrees * .pi / 180) / 3.0.squareRoot(), cos(degrees * .pi / 180))
        let same = cosine + (1 - cosine) / 3
        let (next, last) = ((1 - cosine) / 3 - sine, (1 - cosine) / 3 + sine)
        return mapped { column, row in
            let (red, green, blue) = self[column, row]
            return (
                same * red + next * green + last * blue, last * red + same * green + next * blue,
                next * red + last * green + same * blue
            )
        }
    }

    /// Lighter or darker, by a factor on each level.
    public func exposed(by factor: Double) -> PixelImage {
        mapped { column, row in
            let (red, green, blue) = self[column, row]
            return (red * factor, green * factor, blue * factor)
        }
    }

    /// Without what is smaller than so many pixels.
    public func blurred(by pixels: Double) -> PixelImage {
        let small = ImageSize(
            width: max(1, Int(Double(width) / pixels)), height: max(1, Int(Double(height) / pixels)))
        return resized(to: small, filter: .triangle).resized(to: size, filter: .triangle)
    }

    /// With a grey box over a part, given in shares of the width and of the height.
    public func covered(left: Double, top: Double, right: Double, bottom: Double) -> PixelImage {
        let (columns, rows) = (kept(width, without: left, right), kept(height, without: top, bottom))
        return mapped { column, row in
            columns.contains(column) && rows.contains(row) ? (128, 128, 128) : self[column, row]
        }
    }

    /// Smaller, in the middle of one colour, with the size that it had.
    public func laid(on ground: Colour, scale: Double) -> PixelImage {
        let small = ImageSize(
            width: max(1, Int(Double(width) * scale)), height: max(1, Int(Double(height) * scale)))
        var canvas = Canvas(size: size, background: ground)
        canvas.draw(
            resized(to: small, filter: .triangle), left: (width - small.width) / 2, top: (height - small.height) / 2)
        return canvas.image
    }
}

extension PixelImage {
    private typealias Levels = (red: Double, green: Double, blue: Double)

    private subscript(column: Int, row: Int) -> Levels {
        let place = (row * width + column) * Self.channels
        return (Double(pixels[place]), Double(pixels[place + 1]), Double(pixels[place + 2]))
    }

    private func mapped(_ levels: (Int, Int) -> Levels) -> PixelImage {
        let length = size.area * Self.channels
        let altered = [UInt8](unsafeUninitializedCapacity: length) { altered, count in
            var place = 0
            for row in 0..<height {
                for column in 0..<width {
                    let (red, green, blue) = levels(column, row)
                    for level in [red, green, blue] {
                        altered[place] = UInt8(max(0, min(255, level.rounded())))
                        place += 1
                    }
                }
            }
            count = length
        }
        return PixelImage(width: width, height: height, pixels: altered)
    }

    /// Between the four pixels around a point; those beyond the edges are white.
    private func blended(x: Double, y: Double) -> Levels {
        let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
        var sum: Levels = (0, 0, 0)
        for (column, row) in [(left, top), (left + 1, top), (left, top + 1), (left + 1, top + 1)] {
            let share = (1 - abs(x - Double(column))) * (1 - abs(y - Double(row)))
            let isInside = (0..<width).contains(column) && (0..<height).contains(row)
            let levels = isInside ? self[column, row] : (255, 255, 255)
            sum = (sum.red + share * levels.0, sum.green + share * levels.1, sum.blue + share * levels.2)
        }
        return sum
    }
}
