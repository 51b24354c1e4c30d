import Imaging
import Vectors

/// Describes a photo by where its light and colours are and which way its edges run, without a network.
///
/// It knows *which* garment a photo shows better than what a garment *is*: the baseline a network has to beat.
struct ColourLayoutEmbedder: Embedder {
    static let input = InputSpec(
        side: 128, framing: .squash, filter: .triangle, mean: [0, 0, 0], scale: [255, 255, 255])

    private static let thumbnailSide = 16
    /// A thumbnail counts less than colours and edges: it moves with the camera.
    private static let thumbnailWeight: Float = 0.6

    private static let histogram = ColourHistogram(hues: 12, saturations: 4, brightnesses: 4)

    static let dimension =
        thumbnailSide * thumbnailSide * PixelImage.channels + histogram.count + EdgeHistogram.count

    var inputs: [InputSpec] { [Self.input] }

    func embed(_ photos: [FramedPhoto]) throws(EmbedderError) -> [Embedding] {
        photos.map(\.pictures[0]).map { photo in
            Embedding(
                Self.thumbnail(photo).map { $0 * Self.thumbnailWeight } + Self.colours(of: photo)
                    + EdgeHistogram.values(of: photo))
        }
    }

    /// Square roots of shares: their dot product is the Bhattacharyya coefficient of two photos.
    private static func colours(of photo: PixelImage) -> [Float] {
        histogram.shares(of: photo).map { $0.squareRoot() }
    }

    /// The photo at 16 by 16 pixels: how they differ from its mean, with length one.
    private static func thumbnail(_ photo: PixelImage) -> [Float] {
        let small = photo.resized(to: .square(thumbnailSide), filter: .triangle)
        // In whole numbers, so that nothing is left of a picture that is the same all over.
        let sum = small.pixels.reduce(0) { $0 + Int($1) }
        return Embedding(small.pixels.map { Float(Int($0) * small.pixels.count - sum) }).normalized.values
    }
}
