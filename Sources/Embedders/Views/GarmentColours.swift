import Imaging
import Vectors

/// Describes a garment by the colours that it has.
enum GarmentColours {
    /// The whole photo: its edges tell which colours are the background's.
    static let input = InputSpec(
        side: 64, framing: .squash, filter: .triangle, mean: [0, 0, 0], scale: [255, 255, 255])

    private static let histogram = ColourHistogram(hues: 12, saturations: 8, brightnesses: 8)

    /// Rises whenever the numbers that come out change.
    static let revision = 1

    static let dimension = histogram.count

    /// Fourth roots of the shares that colours have in the garment, with length one.
    ///
    /// A button’s colour then counts a third as much as one that eighty times as many pixels have: what tells one garment
    /// from the next is often small, and how much of a photo shows which colour depends on who took it.
    static func values(of photo: PixelImage) -> Embedding {
        values(of: photo, weights: GarmentPixels(of: photo).weights)
    }

    /// Each pixel counts as much as its weight.
    static func values(of picture: PixelImage, weights: [Float]) -> Embedding {
        let shares = histogram.shares(of: picture, weights: weights)
        return Embedding(shares.map { $0.squareRoot().squareRoot() }).normalized
    }
}
