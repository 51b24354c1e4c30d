/// A part of a picture in shares of its width and height, from its top left corner: 0 to 1.
public struct PictureShare: Sendable, Hashable, Codable {
    /// From the left edge.
    public let left: Double
    /// From the upper edge.
    public let top: Double
    /// Of the picture's width.
    public let width: Double
    /// Of the picture's height.
    public let height: Double

    /// Takes any numbers.
    public init(left: Double, top: Double, width: Double, height: Double) {
        (self.left, self.top, self.width, self.height) = (left, top, width, height)
    }
}

extension InputSpec {
    /// What of a photo of that size a square of the framed picture shows, of a grid of `count` by `count` such squares: from the
    /// top left, row by row. Beside a letterboxed photo there is nothing, and its share ends at the photo's edges.
    public func share(of square: Int, amongEach count: Int, of size: ImageSize) -> PictureShare {
        let (part, target) = (shown(of: size), target(of: size))
        func span(_ place: Int, _ start: Double, _ length: Double, _ pixels: Int, _ limit: Int) -> (Double, Double) {
            let margin = Double(side - pixels) / 2
            func position(_ edge: Int) -> Double {
                let framed = (Double(edge) * Double(side) / Double(count) - margin) / Double(pixels)
                return min(max(0, (start + framed * length) / Double(limit)), 1)
            }
            return (position(place), position(place + 1) - position(place))
        }
        let (left, width) = span(square % count, part.left, part.width, target.width, size.width)
        let (top, height) = span(square / count, part.top, part.height, target.height, size.height)
        return PictureShare(left: left, top: top, width: width, height: height)
    }
}
