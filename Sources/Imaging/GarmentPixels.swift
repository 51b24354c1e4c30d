import Foundation

/// The pixels of a photo, and how surely each is one of the garment.
public struct GarmentPixels: Sendable {
    /// Row by row from the top.
    public let colours: [OKLab]
    /// Between 0 and 1, and not all 0: of each colour.
    public let weights: [Float]

    /// Colours that many of the edge's pixels have are those of the background.
    private static let backgroundColours = 3
    /// Colours so near to the background's are hardly told from it, and those beyond are surely none of it.
    private static let doubtful: ClosedRange<Float> = 0.02...0.1
    /// What has a background's colour is not lost altogether: of a white shirt on white there is nothing else.
    private static let least: Float = 1e-4

    /// Takes a picture of any size: what is like its edges is background, and what is far from its middle may be.
    public init(of picture: PixelImage) {
        let (width, height, colours) = (picture.width, picture.height, picture.colours)
        let edge = picture.size.edge.map { colours[$0] }
        let background = ColourClusters(
            Self.backgroundColours, of: edge, weights: [Float](repeating: 1, count: edge.count)
        ).centres
        self.colours = colours
        weights = colours.indices.map { place in
            let nearest = background.map { colours[place].distance(to: $0) }.min() ?? 1
            let across = Self.offset(place % width, of: width)
            let down = Self.offset(place / width, of: height)
            return max(Self.least, Self.difference(nearest)) * expf(-2 * (across * across + down * down))
        }
    }

    /// How surely a colour that is so far from the background's is none of it.
    private static func difference(_ distance: Float) -> Float {
        min(1, (distance - doubtful.lowerBound) / (doubtful.upperBound - doubtful.lowerBound))
    }

    /// From the middle, where the edges are 1 away.
    private static func offset(_ place: Int, of count: Int) -> Float {
        abs(Float(2 * place + 1) / Float(count) - 1)
    }
}
