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

    /// Of a graph that gives `dimension` numbers a photo, or else as many as the choice has.
    init(_ graph: Graph, dimension: Int? = nil, of choice: ModelChoice, libraries: InferenceLibraries)
        throws(EmbedderError)
    {
        do throws(InferenceError) {
            let engine = try libraries.engine(choice.engine, for: choice.settings)
            self.init(
                input: choice.input, dimension: dimension ?? choice.dimension,
                session: try engine.session(of: graph, settings: choice.settings))
        } catch {
            throw .inference(error)
        }
    }

    func embed(_ photos: [PixelImage]) throws(EmbedderError) -> [Embedding] {
        guard !photos.isEmpty else { return [] }
        let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: photos.count * input.valueCount)
        defer { values.deallocate() }
        for (index, photo) in photos.enumerated() {
            let start = index * input.valueCount
            input.write(photo, to: UnsafeMutableBufferPointer(rebasing: values[start..<start + input.valueCount]))
        }
        do throws(InferenceError) {
            let shape = [photos.count, PixelImage.channels, input.side, input.side]
            let features = try session.run(values, shape: shape)
            return photos.indices.map { Embedding(Array(features[$0 * dimension..<($0 + 1) * dimension])) }
        } catch {
            throw .inference(error)
        }
    }
}
