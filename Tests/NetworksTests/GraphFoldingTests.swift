import Testing

@testable import Networks

/// That the numbers stay what they are is for engines to say: InferenceTests.
@Suite struct GraphFoldingTests {
    private func weights() throws -> WeightFile {
        try .floats([
            ("c.weight", [2, 1, 1, 1], [3, 5]), ("c.bias", [2], [1, 2]), ("n.weight", [2], [2, 4]),
            ("n.bias", [2], [10, 20]), ("n.running_mean", [2], [1, -1]), ("n.running_var", [2], [4, 16]),
        ])
    }

    private func graph(_ empty: Graph, hasBias: Bool = false, isReadTwice: Bool = false) throws -> Graph {
        var graph = empty
        let input = FeatureMap(graph.input("x", shape: [nil, 1, 4, 4]), channels: 1)
        let convolved = try graph.convolution(input, "c", to: 2, kernel: 1, hasBias: hasBias)
        var map = try graph.batchNormalization(convolved, "n", epsilon: 0)
        if isReadTwice { map = graph.sum(map, convolved) }
        graph.output(map.value, as: "y", shape: [nil, 2, 4, 4])
        return graph
    }

    /// Factors 2/√4 and 4/√16: 3·1 and 5·1, and 10 - 1 and 20 + 1, the biases of 1 and 2 added.
    @Test func multipliesAndShiftsAsWorkedOutByHand() throws {
        let plain = try graph(Graph(weights: weights())).foldingNormalizations()
        #expect(plain.operations.map(\.type) == ["Conv", "Identity"])
        #expect(plain.weights.map(\.name) == ["c.weight", "c.weight.bias"])
        #expect(plain.weights.map(\.floats) == [[3, 5], [9, 21]])
        let biased = try graph(Graph(weights: weights()), hasBias: true).foldingNormalizations()
        #expect(biased.weights.map(\.name) == ["c.weight", "c.bias"])
        #expect(biased.weights.map(\.floats) == [[3, 5], [10, 23]])
    }

    @Test func leavesAConvolutionThatIsReadElsewhereToo() throws {
        let folded = try graph(Graph(weights: weights()), isReadTwice: true).foldingNormalizations()
        #expect(folded.operations.map(\.type) == ["Conv", "BatchNormalization", "Add", "Identity"])
    }

    @Test func foldsAnOutlineToo() throws {
        let folded = try graph(Graph()).foldingNormalizations()
        #expect(folded.operations.map(\.type) == ["Conv", "Identity"])
        #expect(folded.weights.map(\.shape) == [[2, 1, 1, 1], [2]])
    }

    @Test(arguments: [ResNet.resnet18, InceptionV3(), EfficientNetLite.lite0, MobileNetV2()] as [any Network])
    func leavesNoNormalizationInAnyNetwork(network: any Network) throws {
        let folded = try network.outline(of: .logits).foldingNormalizations()
        #expect(!folded.operations.contains { $0.type == "BatchNormalization" })
    }
}
