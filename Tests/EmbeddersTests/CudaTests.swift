import Imaging
import Inference
import Networks
import TestSupport
import Testing
import Vectors

@testable import Embedders

/// Every network on an NVIDIA card, against the processor with the same made-up weights. `Benchmarks/cuda` runs this.
@Suite(
    .serialized,
    .enabled(if: InstalledModels.areThere && InstalledModels.hasCard, "needs an NVIDIA card and Scripts/setup --cuda"))
struct CudaTests {
    /// Embeddings of processors and cards stand side by side in a catalogue, so they must be the same.
    @Test(arguments: NetworkTests.cases)
    func computesWhatProcessorsDo(example: NetworkTests.Case) throws {
        let golden = try NetworkGolden.of(example.model)
        let (card, processor) = (
            try example.embedder(with: golden, on: .onnxruntime, device: .cuda),
            try example.embedder(with: golden, on: .onnxruntime, device: .cpu)
        )
        let photos = (0..<13).map { PixelImage.pattern(example.input.side, seed: $0) }
        for (found, expected) in zip(try card.embed(photos), try processor.embed(photos)) {
            #expect(found.cosine(expected) >= 0.9999)
            let largest = expected.values.reduce(0) { max($0, abs($1)) }
            #expect(found.difference(expected) <= 1e-3 * largest)
        }
    }

    @Test(arguments: NetworkTests.cases)
    func isMeasured(example: NetworkTests.Case) throws {
        let golden = try NetworkGolden.of(example.model)
        let settings = SessionSettings(device: .cuda, precision: .float32)
        let session = try InstalledModels.libraries.session(
            of: golden.graph(of: example.features, in: example.network), on: .onnxruntime, settings: settings)
        let (batch, input) = (session.batchSize, example.input)
        let rate = try session.withMemory(for: batch * input.valueCount) { (values) throws(InferenceError) in
            values.initialize(repeating: 0.5)
            let shape = [batch, PixelImage.channels, input.side, input.side]
            // The first runs find out how to compute each layer.
            for _ in 0..<3 { _ = try session.run(values, shape: shape) }
            let (start, runs) = (ContinuousClock.now, 20)
            for _ in 0..<runs { _ = try session.run(values, shape: shape) }
            return Double(runs * batch) / ((ContinuousClock.now - start) / .seconds(1))
        }
        let card = try InstalledModels.libraries.cuda.device().name
        print("cuda: \(example.testDescription), \(batch) photos at once: \(Int(rate)) photos/s on \(card)")
        #expect(rate > 0)
    }
}
