import Hashing
import Imaging
import Inference
import Networks
import Vectors

/// Describes photos by a layer of a trained network.
struct NeuralEmbedder: Embedder {
    private let input: InputSpec
    private let dimension: Int
    /// `nil` where nothing is left out of what the network gives, however much it is.
    private let reading: OutputReading?
    private let session: any InferenceSession

    init(input: InputSpec, dimension: Int, reading: OutputReading? = .whole, session: any InferenceSession) {
        self.input = input
        self.dimension = dimension
        self.reading = reading
        self.session = session
    }

    /// Runs a model as it was chosen to be; one that gives `dimension` numbers a photo, or else as many as the choice asks of its network.
    init(
        _ model: any ExecutableModel, dimension: Int? = nil, reading: OutputReading? = .whole, of choice: ModelChoice,
        libraries: InferenceLibraries
    ) throws(EmbedderError) {
        do throws(InferenceError) {
            self.init(
                input: choice.input, dimension: dimension ?? choice.source.dimension, reading: reading,
                session: try libraries.session(of: model, on: choice.engine, settings: choice.settings))
        } catch {
            throw .inference(error)
        }
    }

    var deviceBatch: Int? { session.isOnDevice ? session.batchSize : nil }

    var inputs: [InputSpec] { [input] }

    /// Numbers are written no sooner than they are computed with, since they would leave the processor's cache again.
    func embed(_ photos: [FramedPhoto]) throws(EmbedderError) -> [Embedding] {
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

    private func embed(_ photos: ArraySlice<FramedPhoto>, by values: UnsafeMutableBufferPointer<Float>)
        throws(InferenceError) -> [Embedding]
    {
        let batch = UnsafeMutableBufferPointer(rebasing: values[..<(photos.count * input.valueCount)])
        input.write(photos.lazy.map { $0.pictures[0] }, to: batch)
        return try embeddings(in: session.run(batch, shape: [photos.count] + input.shape), count: photos.count)
    }

    private func embeddings(in output: [Float], count: Int) throws(InferenceError) -> [Embedding] {
        let length = output.count / count
        guard output.count == length * count, length > 0, length % dimension == 0,
            reading != .whole || length == dimension
        else { throw .failed("it gives \(output.count) numbers for \(count) photos, where each has \(dimension)") }
        guard output.allSatisfy(\.isFinite) else { throw .failed("some of what it gives is infinite, or no number") }
        return (0..<count).map {
            let numbers = output[$0 * length..<($0 + 1) * length]
            return reading?.embedding(of: numbers, dimension: dimension) ?? Embedding(Array(numbers))
        }
    }
}
