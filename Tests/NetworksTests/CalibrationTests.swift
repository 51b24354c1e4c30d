import TestSupport
import Testing

@testable import Archives
@testable import Networks

/// Calibration of numbers made up here; what engines make of it is for InferenceTests.
@Suite struct CalibrationTests {
    /// Two convolutions with ReLUs; the second looks at a picture that is half as large.
    private struct Pair: Network {
        let inputSide = 4
        let dimensions: [Features: Int] = [.pooled: 2]

        func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
            -> Graph.Value
        {
            var map = FeatureMap(photos, channels: 3)
            map = graph.relu(try graph.convolution(map, "a", to: 2, kernel: 1, hasBias: true))
            map = graph.maxPool(map, 2, stride: 2, padding: .valid)
            map = graph.relu6(try graph.convolution(map, "b", to: 2, kernel: 1, hasBias: true))
            return graph.globalAverage(map).value
        }

        static func calibrated() throws -> Calibration {
            let weights = try WeightFile.floats([
                ("a.weight", [2, 3, 1, 1], [1, 2, 3, 4, 5, 6]), ("a.bias", [2], [1, 2]),
                ("b.weight", [2, 2, 1, 1], [1, -1, 2, -2]), ("b.bias", [2], [0, 1]),
            ])
            var calibration = Calibration(of: try Pair().graph(of: .pooled, weights: weights))
            // Of the photos, the first ReLU, the pooling and the clip, in two photos.
            calibration.noteRanges([-1, 1, 0, 5, 0, 5, 0, 6, -2, 0.5, 0, 9, 0, 8, 0, 4])
            calibration.noteErrors([0.1, 0.2, 0.3, 0.4, 0.3, 0.2, 0.1, 0.4])
            return calibration
        }

        static func file(keepingFirst count: Int = 0) throws -> WeightFile {
            try calibrated().weights().file(keepingFirst: count)
        }
    }

    private func quantized(_ file: WeightFile) throws -> Graph {
        try Pair().graph(of: .pooled, quantizedWeights: file)
    }

    @Test func asksForTheLeastAndGreatestOfEachValue() throws {
        let graph = try Pair.calibrated().rangeGraph
        #expect(graph.operations.filter { $0.type == "ReduceMin" }.count == 4)
        #expect(graph.outputWidth == 8)
    }

    @Test func takesNoNoteOfWhatIsNoNumber() throws {
        var calibration = try Pair.calibrated()
        calibration.noteRanges([.nan, .nan, 0, .infinity, -.infinity, 1, 2, 1])
        #expect(try calibration.weights().file(keepingFirst: 0).described == Pair.file().described)
    }

    @Test func asksForTheErrorOfEachChannel() throws {
        let graph = try Pair.calibrated().errorGraph
        #expect(graph.outputWidth == 4)
        #expect(graph.weights.contains { $0.name == "b.weight.rest" && $0.shape == [2, 2, 1, 1] })
    }

    @Test func writesIntegersAndTheirScales() throws {
        let file = try Pair.file()
        #expect(try file.tensor("a.weight").type == .int8 && file.tensor("a.bias").type == .int32)
        #expect(try file.tensor("photos.scale").floats == [3 / 255])
        #expect(try file.tensor("photos.zero").contents == [170])
        #expect(try file.tensor("Relu.1.scale").floats == [9 / 255])
        #expect(try WeightFile(safetensors: MemoryBlock(file.safetensors())).described == file.described)
    }

    /// The mean of .1 and .3, in steps of the channel's weights and the photos'.
    @Test func addsToBiasesWhatRoundingLeavesOut() throws {
        let file = try Pair.file()
        let step = try file.tensor("a.weight.scale").floats[0] * (3 / 255)
        let bias = try file.tensor("a.bias").contents.withUnsafeBytes { $0.loadUnaligned(as: Int32.self) }
        #expect(abs(Float(bias) * step - 1.2) <= step)
    }

    /// What the largest of some numbers is needs no scale of its own.
    @Test func keepsIntegersWherePoolingOnlyPassesThemOn() throws {
        let file = try Pair.file()
        let pooled = try #require(file.tensors.keys.first { $0.hasPrefix("MaxPool") && $0.hasSuffix(".scale") })
        #expect(try file.tensor(pooled).floats == file.tensor("Relu.1.scale").floats)
    }

    @Test func leavesOutActivationsThatTheEndsOfIntegersReplace() throws {
        let types = try quantized(Pair.file()).operations.map(\.type)
        #expect(!types.contains("Relu") && !types.contains("Clip") && !types.contains("Constant"))
        #expect(types.filter { $0 == "QuantizeLinear" }.count == 4)
    }

    /// A file could say that integers reach farther than an activation lets numbers go.
    @Test func keepsAnActivationThatCutsMoreOff() throws {
        var calibration = try Pair.calibrated()
        calibration.noteRanges([0, 0, -1, 0, 0, 0, 0, 7])
        let types = try quantized(calibration.weights().file(keepingFirst: 0)).operations.map(\.type)
        #expect(types.contains("Relu") && types.contains("Clip"))
    }

    @Test func leavesTheFirstLayersAsTheyAre() throws {
        let file = try Pair.file(keepingFirst: 1)
        #expect(try file.tensor("a.weight").floats == [1, 2, 3, 4, 5, 6])
        #expect(file.tensors["photos.scale"] == nil)
        let operations = try quantized(file).operations
        #expect(operations.contains { $0.type == "Conv" && $0.inputs.map(\.name) == ["photos", "a.weight", "a.bias"] })
        #expect(operations.filter { $0.type == "QuantizeLinear" }.count == 2)
    }

    @Test func isAsLargeInIntegersAsInFloatsByAQuarter() throws {
        let outline = try EfficientNetLite.lite0.outline(of: .pooled).foldingNormalizations()
        let floats = outline.weights.reduce(0) { $0 + 4 * $1.shape.reduce(1, *) }
        let plan = QuantizationPlan(of: outline, keepingFirst: 0)
        #expect(floats > 13_000_000 && plan.values.count < 120)
    }

    // MARK: Damaged files

    private func expectUnsound(_ change: (inout [String: WeightFile.Tensor]) -> Void) throws {
        var tensors = try Pair.file().tensors
        change(&tensors)
        #expect(throws: WeightFileError.self) { try quantized(WeightFile(byName: tensors)) }
    }

    @Test func refusesAFileThatLacksAnyOfItsTensors() throws {
        for name in try Pair.file().tensors.keys { try expectUnsound { $0[name] = nil } }
    }

    @Test func refusesAFileWithATensorTooMany() throws {
        try expectUnsound { $0["c.weight"] = .init("c.weight", .float32, shape: [1], [Float(1)]) }
    }

    @Test(arguments: [0, -1, .nan, .infinity, .leastNonzeroMagnitude] as [Float])
    func refusesANumberThatIsNoScale(scale: Float) throws {
        try expectUnsound { $0["photos.scale"] = .init("photos.scale", .float32, shape: [], [scale]) }
        try expectUnsound { $0["b.weight.scale"] = .init("b.weight.scale", .float32, shape: [2], [1, scale]) }
    }

    @Test func refusesTensorsOfAnotherShapeOrType() throws {
        try expectUnsound {
            $0["a.weight"] = .init("a.weight", .int8, shape: [3, 2, 1, 1], [Int8](repeating: 1, count: 6))
        }
        try expectUnsound {
            $0["a.weight"] = .init("a.weight", .uint8, shape: [2, 3, 1, 1], [UInt8](repeating: 1, count: 6))
        }
        try expectUnsound { $0["a.bias"] = .init("a.bias", .float32, shape: [2], [Float(1), 2]) }
        try expectUnsound { $0["photos.zero"] = .init("photos.zero", .uint8, shape: [1], [UInt8(1)]) }
    }

    /// Floats where there were integers: then the values around them would need none.
    @Test func refusesALayerInFloatsWhoseValuesAreIntegers() throws {
        try expectUnsound { tensors in
            for (name, shape) in [("b.weight", [2, 2, 1, 1]), ("b.bias", [2])] {
                tensors[name] = .init(name, .float32, shape: shape, [Float](repeating: 1, count: shape.reduce(1, *)))
            }
        }
    }
}
