import Embedders
import Imaging
import Vectors

/// A model that is ready to describe photos.
struct LoadedModel: Sendable {
    private let embedder: any Embedder
    /// `nil` for a model that is computed on processors.
    private let queue: DeviceQueue?

    init(_ embedder: any Embedder) {
        self.embedder = embedder
        queue = embedder.deviceBatch.map { DeviceQueue(embedder, batch: $0) }
    }

    /// `nil` for a model that is computed on processors.
    var deviceBatch: Int? { embedder.deviceBatch }

    func embed(_ photos: [FramedPhoto]) async throws -> [Embedding] {
        if let queue { try await queue.embed(photos) } else { try embedder.embed(photos) }
    }

    /// See `SearchEngine.describe`.
    func describe(_ photos: [FramedPhoto]) async throws -> [(embedding: Embedding, patches: PatchGrid?)] {
        guard let embedder = embedder as? ViewsEmbedder else { return try await embed(photos).map { ($0, nil) } }
        return try embedder.describe(photos)
    }
}
