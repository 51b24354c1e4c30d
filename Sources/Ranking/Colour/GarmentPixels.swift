import Foundation
import Imaging

/// The pixels of a photo, and how surely each is one of the garment.
struct GarmentPixels {
    let colours: [OKLab]
    /// Between 0 and 1, and not all 0.
    let weights: [Float]

    /// Colours that many of the edge's pixels have are those of the background.
    private static let backgroundColours = 3
    /// A colour so far from the background's is surely none of it.
    private static let difference: Float = 0.1
    /// What has a background's colour still counts so much: a white shirt may lie on white.
    private static let least: Float = 0.05

    init(of picture: PixelImage) {
        let (width, height, colours) = (picture.width, picture.height, picture.colours)
        let edge = colours.indices.filter {
            $0 < width || $0 >= width * (height - 1) || $0 % width == 0 || $0 % width == width - 1
        }.map { colours[$0] }
        let background = ColourClusters(
            Self.backgroundColours, of: edge, weights: [Float](repeating: 1, count: edge.count)
        ).centres
        self.colours = colours
        weights = colours.indices.map { place in
            let nearest = background.map { colours[place].distance(to: $0) }.min() ?? 1
            let across = Self.offset(place % width, of: width)
            let down = Self.offset(place / width, of: height)
            return max(Self.least, min(1, nearest / Self.difference)) * expf(-2 * (across * across + down * down))
        }
    }

    /// From the middle, where the edges are 1 away.
    private static func offset(_ place: Int, of count: Int) -> Float {
        abs(Float(2 * place + 1) / Float(count) - 1)
    }
}
