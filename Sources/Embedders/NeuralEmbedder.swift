import Hashing
import Imaging
import Inference
import Networks
import Vectors

/// Describes photos by a layer of a trained network.
struct NeuralEmbedder: Embedder {
    let input: InputSpec
    private let dimension: Int
    private let session: any InferenceSession

    init(input: InputSpec, dimension: Int, session: any InferenceSession) {
        self.input = input
        self.dimension = dimension
        self.session = session
    }

    var deviceBatch: Int? { session.deviceBatch }

    func embed(_ photos: [PixelImage]) throws(EmbedderError) -> [Embedding] {
        guard !photos.isEmpty else { return [] }
        do throws(InferenceError) {
            let features = try session.withMemory(for: photos.count * input.valueCount) {
                (values) throws(InferenceError) in
                write(photos, to: values)
                return try session.run(values, shape: [photos.count, PixelImage.channels, input.side, input.side])
            }
            return photos.indices.map { Embedding(Array(features[$0 * dimension..<($0 + 1) * dimension])) }
        } catch {
            throw .inference(error)
        }
    }

    private func write(_ photos: [PixelImage], to values: UnsafeMutableBufferPointer<Float>) {
        for (index, photo) in photos.enumerated() {
            let start = index * input.valueCount
            input.write(photo, to: UnsafeMutableBufferPointer(rebasing: values[start..<start + input.valueCount]))
        }
    }
}
