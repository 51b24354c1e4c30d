// What a photo costs in each precision, on both engines: `precisions [MODEL…]`, with made-up weights where a model's own
// are not installed, since what they are does not change the time. Each engine and precision runs in turn, on one
// thread; printed is the least processor time a photo of all rounds.

import Embedders
import Foundation
import Inference
import Networks
import SystemPackage
import VisualSearch

@main
struct Precisions {
    private static let rounds = 7
    private static let batch = 4

    static func main() throws {
        MemoryReuse.begin()
        let names = CommandLine.arguments.dropFirst()
        print(
            "model                 weights    onnxruntime: float32    int8          openvino: float32 bfloat16    int8")
        for model in ModelRegistry.models where names.isEmpty || names.contains(model.id) {
            guard case .neural(let network, _, _) = model.kind else { continue }
            try measure(model, network)
        }
    }

    private static func measure(_ model: ModelDescription, _ network: any Network) throws {
        let store = Installation.standard.models
        let features = model.features[0]
        let path = store.isInstalled(model) ? store.path(of: model) : nil
        let weights = try path.map { try WeightFile(safetensors: $0) } ?? madeUp(network.outline(of: features).weights)
        let graph = try network.graph(of: features, weights: weights)
        let int8 = try network.graph(of: features, quantizedWeights: quantized(graph, side: network.inputSide))

        let photos = Photos(count: batch, side: network.inputSide)
        let ways: [(EngineName, Precision)] = [
            (.onnxruntime, .float32), (.onnxruntime, .int8), (.openvino, .float32), (.openvino, .bfloat16),
            (.openvino, .int8),
        ]
        let sessions = try ways.map { engine, precision in
            try session(of: precision == .int8 ? int8 : graph, engine, precision)
        }
        var times = [Double](repeating: .infinity, count: ways.count)
        for round in 0...rounds {
            for (way, session) in sessions.enumerated() {
                let time = try photos.seconds(on: session) * 1000
                // The first run also sets memory aside.
                if round > 0 { times[way] = min(times[way], time) }
            }
        }
        print(
            model.id.padding(toLength: 22, withPad: " ", startingAt: 0) + (path == nil ? "made up " : "its own ")
                + String(
                    format: "%19.1f ms %7.1f ms %5.2fx %14.1f ms %6.1f ms %7.1f ms %5.2fx", times[0], times[1],
                    times[0] / times[1], times[2], times[3], times[4], times[2] / times[4]))
    }

    private static func session(of graph: Graph, _ engine: EngineName, _ precision: Precision) throws
        -> any InferenceSession
    {
        let settings = SessionSettings(device: .cpu, precision: precision)
        return try Installation.standard.libraries.engine(engine, for: settings).session(of: graph, settings: settings)
    }

    /// As `lookalike models quantize` would, but calibrated on noise.
    private static func quantized(_ graph: Graph, side: Int) throws -> WeightFile {
        var calibration = Calibration(of: graph)
        let photos = Photos(count: 1, side: side)
        calibration.noteRanges(try photos.run(on: session(of: calibration.rangeGraph, .onnxruntime, .float32)))
        calibration.noteErrors(try photos.run(on: session(of: calibration.errorGraph, .onnxruntime, .float32)))
        return calibration.weights().file(keepingFirst: 0)
    }

    /// Weights that keep numbers about as large from layer to layer, by way of a file.
    private static func madeUp(_ tensors: [WeightFile.Tensor]) throws -> WeightFile {
        var (header, numbers, generator): ([String], [Float], _) = ([], [], SystemRandomNumberGenerator())
        for tensor in tensors {
            let count = tensor.shape.reduce(1, *)
            let spread = tensor.shape.count > 1 ? (6 / Float(tensor.shape.dropFirst().reduce(1, *))).squareRoot() : 0.1
            let middle: Float =
                tensor.name.hasSuffix(".running_var") || tensor.shape.count == 1 && tensor.name.hasSuffix(".weight")
                ? 1 : 0
            header.append(
                "\"\(tensor.name)\":{\"dtype\":\"F32\",\"shape\":\(tensor.shape),\"data_offsets\":[\(numbers.count * 4),\((numbers.count + count) * 4)]}"
            )
            for _ in 0..<count { numbers.append(middle + .random(in: -spread...spread, using: &generator)) }
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
final class Photos {
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

    /// Of processor time, a photo.
    func seconds(on session: any InferenceSession) throws -> Double {
        let start = clock()
        _ = try run(on: session)
        return Double(clock() - start) / Double(CLOCKS_PER_SEC) / Double(shape[0])
    }
}
