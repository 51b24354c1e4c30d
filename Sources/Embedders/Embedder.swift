public import Imaging
public import Vectors

/// Turns photos into embeddings.
public protocol Embedder: Sendable {
    /// What each photo is made into before it is embedded: at least one picture.
    var inputs: [InputSpec] { get }

    /// How many photos a device apart from the processors embeds at once; `nil` where they are embedded on the processor
    /// of the task that asks for it.
    var deviceBatch: Int? { get }

    /// One embedding for each photo, in the same order; the photos must be framed as `inputs` say.
    func embed(_ photos: [FramedPhoto]) throws(EmbedderError) -> [Embedding]
}

extension Embedder {
    /// `nil`: on the task’s own processor.
    public var deviceBatch: Int? { nil }

    /// The first, or only, input.
    public var input: InputSpec { inputs[0] }

    /// The same where photos are looked at in one way; traps where they are in several.
    public func embed(_ pictures: [PixelImage]) throws(EmbedderError) -> [Embedding] {
        try embed(pictures.map { FramedPhoto([$0]) })
    }
}
