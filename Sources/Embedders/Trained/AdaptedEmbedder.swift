import Imaging
import Vectors

/// Describes photos by what was learnt of another model's embeddings.
struct AdaptedEmbedder: Embedder {
    let base: any Embedder
    let adapter: VectorAdapter

    var inputs: [InputSpec] { base.inputs }

    var deviceBatch: Int? { base.deviceBatch }

    func embed(_ photos: [FramedPhoto]) throws(EmbedderError) -> [Embedding] {
        adapter.applied(to: try base.embed(photos))
    }
}
