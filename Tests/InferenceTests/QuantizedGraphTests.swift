import Foundation
import Inference
import SystemPackage
import TestSupport
import Testing

@testable import Networks

@Suite(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
struct QuantizedGraphTests {
    // MARK: Folding

    @Test(arguments: engines, [1, 2, 3] as [UInt64])
    func foldingChangesNothingButRoundings(engine: EngineName, seed: UInt64) throws {
        let graph = try SmallNetwork.graph(seed: seed)
        let photos = SmallNetwork.photos(3, seed: seed)
        let (plain, folded) = (
            try photos.run(on: graph, engine), try photos.run(on: graph.foldingNormalizations(), engine)
        )
        let largest = plain.map(abs).max() ?? 0
        for (one, other) in zip(plain, folded) { #expect(abs(one - other) <= 1e-5 * largest) }
    }

    // MARK: Calibration

    /// The first value is the photos themselves.
    @Test(arguments: engines)
    func measuresHowFarValuesReach(engine: EngineName) throws {
        let photos = SmallNetwork.photos(2, seed: 1)
        let calibration = Calibration(of: try SmallNetwork.graph(seed: 1))
        let width = try #require(calibration.rangeGraph.outputWidth)
        let rows = try photos.run(on: calibration.rangeGraph, engine)
        #expect(rows.count == 2 * width)
        for photo in 0..<2 {
            let values = photos.values[photo * 768..<(photo + 1) * 768]
            #expect(rows[photo * width] == values.min() && rows[photo * width + 1] == values.max())
        }
    }

    /// Of a matrix, what is left out is a product that can be worked out here.
    @Test(arguments: engines)
    func measuresWhatRoundingLeavesOut(engine: EngineName) throws {
        let weights = try TinyNetwork.weights()
        var calibration = Calibration(of: try TinyNetwork().graph(of: .pooled, weights: weights))
        let photo = Photos(values: [1, 2, 3], shape: [1, 3, 1, 1])
        calibration.noteRanges(try photo.run(on: calibration.rangeGraph, engine))
        let errors = ChannelQuantizer([1, 2, 3, -1, 0, 0.5], [10, -20], inputScale: 3 / 255)
            .errors(of: [1, 2, 3, -1, 0, 0.5])
        let expected = [errors[0] + 2 * errors[1] + 3 * errors[2], errors[3] + 2 * errors[4] + 3 * errors[5]]
        for (found, expected) in zip(try photo.run(on: calibration.errorGraph, engine), expected) {
            #expect(abs(found - expected) < 1e-6)
        }
    }

    // MARK: Integers

    /// As ONNX's reference implementation rounds, cuts off and multiplies (Scripts/make-quantization-goldens.py).
    @Test(arguments: engines)
    func roundsAndCutsOffAsTheReferenceDoes(engine: EngineName) throws {
        for golden in try QuantizedValues.golden() {
            let value = Graph.Value(name: "x")
            let (scale, zero) = (value.own("scale"), value.own("zero"))
            let output = Graph.Value(name: "y")
            let graph = Graph(
                [
                    Graph.Operation("QuantizeLinear", [value, scale, zero], to: value.own("integers")),
                    Graph.Operation("DequantizeLinear", [value.own("integers"), scale, zero], to: output),
                ],
                tensors: [
                    .init(scale.name, .float32, shape: [], [golden.scale]),
                    .init(zero.name, .uint8, shape: [], [golden.zero]),
                ], inputs: [Graph.Port(value: value, shape: [nil, golden.numbers.count])],
                outputs: [Graph.Port(value: output, shape: [nil, golden.numbers.count])])
            let photos = Photos(values: golden.numbers, shape: [1, golden.numbers.count])
            for (found, expected) in zip(try photos.run(on: graph, engine), golden.real) {
                // OpenVINO adds up otherwise, and may come out on the other side of the middle between two integers.
                let tolerance: Float = engine == .openvino ? 1.00001 : 0.00001
                #expect(abs(found - expected) <= golden.scale * tolerance, "\(golden.range)")
            }
        }
    }

    @Test(.enabled(if: Precision.hasInt8, "needs a processor with VNNI"), arguments: engines, [0, 1, 3])
    func isNearInIntegers(engine: EngineName, floatLayers: Int) throws {
        for seed in [4, 5, 6] as [UInt64] {
            let photos = SmallNetwork.photos(6, seed: seed)
            let graph = try SmallNetwork.graph(seed: seed)
            let int8 = try SmallNetwork().graph(
                of: .logits, quantizedWeights: photos.calibrate(graph, engine).weights().file(keepingFirst: floatLayers)
            )
            let (exact, found) = (try photos.run(on: graph, engine), try photos.run(on: int8, engine, .int8))
            #expect(Self.cosine(exact, found) >= 0.99)
            #expect(exact != found)
        }
    }

    @Test(.enabled(if: Precision.hasInt8, "needs a processor with VNNI"), arguments: engines)
    func cutsOffWhatIsBeyondTheCalibratedRange(engine: EngineName) throws {
        let int8 = try TinyNetwork.quantized(on: [0, 1, 2], engine)
        func output(_ values: [Float]) throws -> [Float] {
            try Photos(values: values, shape: [1, 3, 1, 1]).run(on: int8, engine, .int8)
        }
        #expect(try output([0, 1, 100]) == output([0, 1, 2]))
        #expect(try output([-5, 1, 2]) == output([0, 1, 2]))
        #expect(try output([0, 1, 1]) != output([0, 1, 2]))
    }

    /// Nothing but the bias comes of values that never differed from 0.
    @Test(.enabled(if: Precision.hasInt8, "needs a processor with VNNI"), arguments: engines)
    func computesWhatWasAlwaysZero(engine: EngineName) throws {
        let int8 = try TinyNetwork.quantized(on: [0, 0, 0], engine)
        let found = try Photos(values: [0, 0, 0], shape: [1, 3, 1, 1]).run(on: int8, engine, .int8)
        for (found, bias) in zip(found, [10, -20] as [Float]) { #expect(abs(found - bias) < 1e-3) }
    }

    private static func cosine(_ one: [Float], _ other: [Float]) -> Float {
        func dot(_ left: [Float], _ right: [Float]) -> Float { zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
        return dot(one, other) / (dot(one, one) * dot(other, other)).squareRoot()
    }
}

/// What Scripts/make-quantization-goldens.py wrote down of numbers that became integers and numbers again.
private struct QuantizedValues: Decodable {
    let range: [Float]
    let scale: Float
    let zero: UInt8
    let numbers: [Float]
    let real: [Float]

    static func golden() throws -> [QuantizedValues] {
        struct Golden: Decodable { let values: [QuantizedValues] }
        let path = projectFolder.appending("Tests/NetworksTests/Goldens/quantization.json")
        return try TestSupport.golden(Golden.self, at: path).values
    }
}

/// A batch of inputs.
private struct Photos {
    let values: [Float]
    let shape: [Int]

    func run(on graph: Graph, _ engine: EngineName, _ precision: Precision = .float32) throws -> [Float] {
        let session = try engine.session(of: graph, SessionSettings(device: .cpu, precision: precision))
        return try InferenceTests.run(values, shape: shape, on: session)
    }

    func calibrate(_ graph: Graph, _ engine: EngineName) throws -> Calibration {
        var calibration = Calibration(of: graph)
        calibration.noteRanges(try run(on: calibration.rangeGraph, engine))
        calibration.noteErrors(try run(on: calibration.errorGraph, engine))
        return calibration
    }
}

extension TinyNetwork {
    fileprivate static func quantized(on photo: [Float], _ engine: EngineName) throws -> Graph {
        let graph = try TinyNetwork().graph(of: .pooled, weights: weights())
        let calibration = try Photos(values: photo, shape: [1, 3, 1, 1]).calibrate(graph, engine)
        return try TinyNetwork().graph(of: .pooled, quantizedWeights: calibration.weights().file(keepingFirst: 0))
    }
}

/// Everything that the real networks are made of, on pictures of 16 pixels a side.
private struct SmallNetwork: Network {
    let inputSide = 16
    let dimensions: [Features: Int] = [.logits: 10]

    func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
    {
        var map = FeatureMap(photos, channels: 3)
        map = graph.relu(try graph.convolution(map, pair("stem"), to: 16, kernel: 3))
        map = graph.maxPool(map, 3, stride: 2, padding: .half)
        map = try graph.invertedBottleneck(
            map,
            InvertedBottleneck(
                expansion: 2, outputs: 16, kernel: 3, stride: 1, expand: pair("expand"), filter: pair("filter"),
                project: pair("project")))
        let average = graph.averagePool(map, 3, stride: 1, padding: .half)
        map = graph.concatenation([
            graph.relu(try graph.convolution(map, pair("left"), to: 8, kernel: 1)),
            graph.relu(try graph.convolution(average, "right", to: 8, kernel: 1, hasBias: true)),
        ])
        return try graph.dense(graph.globalAverage(map), "fc", to: 10).value
    }

    private func pair(_ name: String) -> NormalizedConvolution {
        NormalizedConvolution("\(name).conv", "\(name).bn", padding: .same)
    }

    static func graph(seed: UInt64) throws -> Graph {
        var random = SeededRandom(seed: seed)
        let tensors = try SmallNetwork().outline(of: .logits).weights.map { tensor in
            let isPositive = tensor.name.hasSuffix("running_var") || tensor.name.hasSuffix("bn.weight")
            let range: ClosedRange<Float> = isPositive ? 0.5...1.5 : -0.5...0.5
            let values = (0..<tensor.shape.reduce(1, *)).map { _ in Float.random(in: range, using: &random) }
            return (name: tensor.name, shape: tensor.shape, values: values)
        }
        return try SmallNetwork().graph(of: .logits, weights: .floats(tensors))
    }

    static func photos(_ count: Int, seed: UInt64) -> Photos {
        var random = SeededRandom(seed: seed)
        let values = (0..<count * 768).map { _ in Float.random(in: -1...1, using: &random) }
        return Photos(values: values, shape: [count, 3, 16, 16])
    }
}
