import Embedders
import Imaging
import Vectors

/// A model that is ready to describe photos.
enum LoadedModel: Sendable {
    case onProcessors(any Embedder)
    case onDevice(DeviceQueue, batch: Int)

    init(_ embedder: any Embedder) {
        if let batch = embedder.deviceBatch {
            self = .onDevice(DeviceQueue(embedder, batch: batch), batch: batch)
        } else {
            self = .onProcessors(embedder)
        }
    }

    /// `nil` for a model that is computed on processors.
    var deviceBatch: Int? {
        if case .onDevice(_, let batch) = self { batch } else { nil }
    }

    func embed(_ photos: [FramedPhoto]) async throws -> [Embedding] {
        switch self {
        case .onProcessors(let embedder): try embedder.embed(photos)
        case .onDevice(let queue, _): try await queue.embed(photos)
        }
    }
}
