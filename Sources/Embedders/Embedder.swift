public import Imaging
public import Vectors

/// Turns photos into embeddings.
public protocol Embedder: Sendable {
    /// What photos are made into before they are embedded.
    var input: InputSpec { get }

    /// How many photos a device apart from the processors embeds at once; `nil` where they are embedded on the processor
    /// of the task that asks for it.
    var deviceBatch: Int? { get }

    /// One embedding for each photo, in the same order; the photos must be framed as `input` says.
    func embed(_ photos: [PixelImage]) throws(EmbedderError) -> [Embedding]
}

extension Embedder {
    /// `nil`: on the task’s own processor.
    public var deviceBatch: Int? { nil }
}
