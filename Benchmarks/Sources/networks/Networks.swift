// One network alone, in one way: `networks MODEL ENGINE PRECISION RUNS`, with made-up weights where the model's own are not
// installed, since what they are does not change the time. For each line that it reads it computes batches of noise in so
// many tasks at once, each on one thread as indexing does, and prints photos, elapsed seconds and processor seconds.
// Benchmarks/networks.py has several of these take turns.

import Embedders
import Foundation
import Inference
import Networks
import SystemPackage
import VisualSearch

@main
struct NetworkBenchmark {
    /// How long a turn takes at least, in seconds.
    private static let turn = 1.5
    private static let batch = 4

    static func main() async throws {
        MemoryReuse.begin()
        let words = CommandLine.arguments.dropFirst()
        guard words.count == 4, let engine = EngineName(rawValue: words[2]),
            let precision = Precision(rawValue: words[3]),
            let runs = Int(words[4])
        else { return print("networks MODEL ENGINE PRECISION RUNS") }
        let benchmark = try NetworkBenchmark(of: words[1], engine, precision, runs: runs)
        try await benchmark.run()
        while readLine() != nil {
            let (photos, elapsed, processor) = try await benchmark.turn()
            try FileDescriptor.standardOutput.writeAll("\(photos) \(elapsed) \(processor)\n".utf8)
        }
    }

    private let session: any InferenceSession
    private let photos: [Photos]

    private init(of name: String, _ engine: EngineName, _ precision: Precision, runs: Int) throws {
        let model = try ModelRegistry.model(named: name)
        guard case .neural(let network, _, _) = model.kind else { throw EmbedderError.noWeights(model: name) }
        let graph = try Self.graph(of: network, model)
        let settings = SessionSettings(device: .cpu, precision: precision, concurrentRuns: runs)
        photos = (0..<runs).map { _ in Photos(count: Self.batch, side: network.inputSide) }
        session = try Installation.standard.libraries.engine(engine, for: settings).session(
            of: precision == .int8
                ? network.graph(
                    of: model.features[0], quantizedWeights: Self.quantized(graph, side: network.inputSide)) : graph,
            settings: settings)
    }

    private static func graph(of network: any Network, _ model: ModelDescription) throws -> Graph {
        let store = Installation.standard.models
        let path = store.isInstalled(model) ? store.path(of: model) : nil
        let features = model.features[0]
        let weights = try path.map { try WeightFile(safetensors: $0) } ?? madeUp(network.outline(of: features).weights)
        return try network.graph(of: features, weights: weights)
    }

    /// All tasks compute a batch.
    private func run() async throws {
        try await withThrowingTaskGroup { group in
            for photos in photos { group.addTask { [session] in _ = try photos.run(on: session) } }
            try await group.waitForAll()
        }
    }

    private func turn() async throws -> (photos: Int, elapsed: Double, processor: Double) {
        let (start, processorStart) = (ContinuousClock.now, clock())
        var (count, elapsed) = (0, 0.0)
        while elapsed < Self.turn {
            try await run()
            count += Self.batch * photos.count
            elapsed = (ContinuousClock.now - start) / .seconds(1)
        }
        return (count, elapsed, Double(clock() - processorStart) / Double(CLOCKS_PER_SEC))
    }

    /// As `lookalike models quantize` would, but calibrated on noise.
    private static func quantized(_ graph: Graph, side: Int) throws -> WeightFile {
        var calibration = Calibration(of: graph)
        let photos = Photos(count: 1, side: side)
        calibration.noteRanges(try photos.run(on: plain(calibration.rangeGraph)))
        calibration.noteErrors(try photos.run(on: plain(calibration.errorGraph)))
        return calibration.weights().file(keepingFirst: 0)
    }

    private static func plain(_ graph: Graph) throws -> any InferenceSession {
        let settings = SessionSettings(device: .cpu, precision: .float32)
        return try Installation.standard.libraries.engine(.onnxruntime, for: settings)
            .session(of: graph, settings: settings)
    }

    /// Weights that keep numbers about as large from layer to layer, by way of a file.
    private static func madeUp(_ tensors: [WeightFile.Tensor]) throws -> WeightFile {
        var (header, numbers, state): ([String], [Float], UInt32) = ([], [], 1)
        for tensor in tensors {
            let count = tensor.shape.reduce(1, *)
            let spread = tensor.shape.count > 1 ? (6 / Float(tensor.shape.dropFirst().reduce(1, *))).squareRoot() : 0.1
            let middle: Float =
                tensor.name.hasSuffix(".running_var") || tensor.shape.count == 1 && tensor.name.hasSuffix(".weight")
                ? 1 : 0
            header.append(
                "\"\(tensor.name)\":{\"dtype\":\"F32\",\"shape\":\(tensor.shape),\"data_offsets\":[\(numbers.count * 4),\((numbers.count + count) * 4)]}"
            )
            for _ in 0..<count {
                state = state &* 1_664_525 &+ 1_013_904_223
                numbers.append(middle + spread * (Float(state >> 8) / 8_388_608 - 1))
            }
        }
        let json = Data("{\(header.joined(separator: ","))}".utf8)
        let path = FilePath(NSTemporaryDirectory()).appending("\(UUID().uuidString).safetensors")
        defer { try? FileManager.default.removeItem(atPath: path.string) }
        let length = withUnsafeBytes(of: UInt64(json.count)) { Data($0) }
        try (length + json + numbers.withUnsafeBytes { Data($0) }).write(to: URL(fileURLWithPath: path.string))
        return try WeightFile(safetensors: path)
    }
}

/// Pictures of noise, as networks take them.
///
/// Unchecked, because one task at a time reads them, and nobody writes them.
final class Photos: @unchecked Sendable {
    private let values: UnsafeMutableBufferPointer<Float>
    private let shape: [Int]

    init(count: Int, side: Int) {
        shape = [count, 3, side, side]
        values = .allocate(capacity: shape.reduce(1, *))
        var state: UInt32 = 1
        for index in values.indices {
            state = state &* 1_664_525 &+ 1_013_904_223
            values.initializeElement(at: index, to: Float(state >> 8) / 8_388_608 - 1)
        }
    }

    deinit { values.deallocate() }

    func run(on session: any InferenceSession) throws -> [Float] {
        try session.run(values, shape: shape)
    }
}
