public import Imaging
public import Vectors

/// Turns photos into embeddings.
public protocol Embedder: Sendable {
    /// What photos are made into before they are embedded.
    var input: InputSpec { get }

    /// One embedding for each photo, in the same order; the photos must be framed as `input` says.
    func embed(_ photos: [PixelImage]) throws(EmbedderError) -> [Embedding]
}
