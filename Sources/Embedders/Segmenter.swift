public import Imaging
import Vectors

/// Tells garments from what is around them, by `ModelRegistry.segmenter`.
public struct Segmenter: Sendable {
    /// Rises whenever what is cut out changes.
    static let revision = 2

    private let network: any Embedder

    /// The embedder is of that model.
    public init(_ network: any Embedder) { self.network = network }

    /// Where the garment is in each photo, in the same order; photos may have any size.
    public func masks(of photos: [PixelImage]) throws(EmbedderError) -> [GarmentMask] {
        try network.embed(photos.map(network.input.frame)).map { GarmentMask(of: $0.values) }
    }
}
