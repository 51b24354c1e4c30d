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

    var deviceBatch: Int? { session.isOnDevice ? session.batchSize : nil }

    /// Numbers are written no sooner than they are computed with, since they would leave the processor's cache again.
    func embed(_ photos: [PixelImage]) throws(EmbedderError) -> [Embedding] {
        let largest = min(photos.count, session.batchSize)
        do throws(InferenceError) {
            return try session.withMemory(for: largest * input.valueCount) { (values) throws(InferenceError) in
                var (embeddings, rest) = ([Embedding](), photos[...])
                while !rest.isEmpty {
                    embeddings += try embed(rest.prefix(largest), by: values)
                    rest = rest.dropFirst(largest)
                }
                return embeddings
            }
        } catch {
            throw .inference(error)
        }
    }

    private func embed(_ photos: ArraySlice<PixelImage>, by values: UnsafeMutableBufferPointer<Float>)
        throws(InferenceError) -> [Embedding]
    {
        let length = input.valueCount
        for (start, photo) in zip(stride(from: 0, to: values.count, by: length), photos) {
            input.write(photo, to: UnsafeMutableBufferPointer(rebasing: values[start..<start + length]))
        }
        let batch = UnsafeMutableBufferPointer(rebasing: values[..<(photos.count * length)])
        let features = try session.run(batch, shape: [photos.count, PixelImage.channels, input.side, input.side])
        return (0..<photos.count).map { Embedding(Array(features[$0 * dimension..<($0 + 1) * dimension])) }
    }
}
