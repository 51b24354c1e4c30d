public import Imaging
public import Vectors

/// Turns photos into embeddings.
public protocol Embedder: Sendable {
    /// Names everything that decides the numbers: only embeddings with the same identity may be compared.
    var identity: String { get }
    /// The numbers of one embedding.
    var dimension: Int { get }
    /// What photos are made into before they are embedded.
    var input: InputSpec { get }

    /// One embedding for each photo, in the same order; the photos must be framed as `input` says.
    func embed(_ photos: [PixelImage]) throws(EmbedderError) -> [Embedding]
}
