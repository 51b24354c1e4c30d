/// EfficientNet-Lite: EfficientNet (Tan & Le 2019) without squeeze-and-excitation and with ReLU6, as published by
/// the TensorFlow TPU project for processors without an accelerator. 0, 1 and 2 differ in width, depth and input.
public struct EfficientNetLite: Network {
    private struct Stage {
        let repeats: Int
        let kernel: Int
        let stride: Int
        let expansion: Int
        let inputs: Int
        let outputs: Int
    }

    /// Table 1 of the paper.
    private static let stages = [
        Stage(repeats: 1, kernel: 3, stride: 1, expansion: 1, inputs: 32, outputs: 16),
        Stage(repeats: 2, kernel: 3, stride: 2, expansion: 6, inputs: 16, outputs: 24),
        Stage(repeats: 2, kernel: 5, stride: 2, expansion: 6, inputs: 24, outputs: 40),
        Stage(repeats: 3, kernel: 3, stride: 2, expansion: 6, inputs: 40, outputs: 80),
        Stage(repeats: 3, kernel: 5, stride: 1, expansion: 6, inputs: 80, outputs: 112),
        Stage(repeats: 4, kernel: 5, stride: 2, expansion: 6, inputs: 112, outputs: 192),
        Stage(repeats: 1, kernel: 3, stride: 1, expansion: 6, inputs: 192, outputs: 320),
    ]
    private static let stemChannels = 32
    private static let headChannels = 1280
    private static let classes = 1000
    private static let epsilon: Float = 1e-3

    /// In pixels, as the publisher evaluates each variant.
    public let inputSide: Int
    private let width: Double
    private let depth: Double

    /// Takes 224 pixels a side; the network that the others are scaled from.
    public static let lite0 = EfficientNetLite(inputSide: 224, width: 1.0, depth: 1.0)
    /// Takes 240 pixels a side; as wide as Lite0, and its inner stages a tenth deeper, rounded up.
    public static let lite1 = EfficientNetLite(inputSide: 240, width: 1.0, depth: 1.1)
    /// Takes 260 pixels a side; a tenth wider than Lite0, and its inner stages a fifth deeper, rounded up.
    public static let lite2 = EfficientNetLite(inputSide: 260, width: 1.1, depth: 1.2)

    /// 1280 for `.pooled`, and 1000 for `.logits`: the classes of ImageNet. All variants agree.
    public func dimension(of features: Features) -> Int {
        switch features {
        case .pooled: Self.headChannels
        case .logits: Self.classes
        }
    }

    /// Names weights as the published PyTorch files do: `_blocks.0._bn1.weight`.
    public func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
    {
        var value = try stem(photos, &graph)
        var block = 0
        for (index, stage) in Self.stages.enumerated() {
            for isFirst in [true] + [Bool](repeating: false, count: repeats(of: stage, at: index) - 1) {
                value = try self.block(block, of: stage, isFirst: isFirst, value, &graph)
                block += 1
            }
        }
        let pooled = try head(value, &graph)
        return switch features {
        case .pooled: pooled
        case .logits: try graph.dense(pooled, "_fc", from: Self.headChannels, to: Self.classes)
        }
    }

    private func stem(_ photos: Graph.Value, _ graph: inout Graph) throws(WeightFileError) -> Graph.Value {
        let convolved = try graph.convolution(
            photos, "_conv_stem", from: 3, to: Self.stemChannels, kernel: 3, stride: 2)
        return graph.relu6(try normalized(convolved, "_bn0", Self.stemChannels, &graph))
    }

    /// A mobile inverted bottleneck (Sandler et al. 2018): expand, filter each channel by itself, project.
    private func block(
        _ number: Int, of stage: Stage, isFirst: Bool, _ input: Graph.Value, _ graph: inout Graph
    ) throws(WeightFileError) -> Graph.Value {
        let prefix = "_blocks.\(number)"
        let outputs = scaled(stage.outputs)
        let inputs = isFirst ? inputChannels(of: stage) : outputs
        let stride = isFirst ? stage.stride : 1
        let expanded = inputs * stage.expansion

        var value = input
        if stage.expansion > 1 {
            value = try graph.convolution(value, "\(prefix)._expand_conv", from: inputs, to: expanded, kernel: 1)
            value = graph.relu6(try normalized(value, "\(prefix)._bn0", expanded, &graph))
        }
        value = try graph.convolution(
            value, "\(prefix)._depthwise_conv", from: expanded, to: expanded, kernel: stage.kernel, stride: stride,
            groups: expanded)
        value = graph.relu6(try normalized(value, "\(prefix)._bn1", expanded, &graph))
        value = try graph.convolution(value, "\(prefix)._project_conv", from: expanded, to: outputs, kernel: 1)
        value = try normalized(value, "\(prefix)._bn2", outputs, &graph)
        return stride == 1 && inputs == outputs ? graph.apply("Add", value, input) : value
    }

    private func head(_ value: Graph.Value, _ graph: inout Graph) throws(WeightFileError) -> Graph.Value {
        let last = scaled(Self.stages[Self.stages.count - 1].outputs)
        let convolved = try graph.convolution(value, "_conv_head", from: last, to: Self.headChannels, kernel: 1)
        return graph.globalAverage(graph.relu6(try normalized(convolved, "_bn1", Self.headChannels, &graph)))
    }

    private func normalized(_ value: Graph.Value, _ prefix: String, _ channels: Int, _ graph: inout Graph)
        throws(WeightFileError) -> Graph.Value
    {
        try graph.batchNormalization(value, prefix, channels: channels, epsilon: Self.epsilon)
    }

    /// The Lite variants leave the first and the last stage at their depth.
    private func repeats(of stage: Stage, at index: Int) -> Int {
        let isOuter = index == 0 || index == Self.stages.count - 1
        return isOuter ? stage.repeats : Int((depth * Double(stage.repeats)).rounded(.up))
    }

    /// The Lite variants leave the stem at its width.
    private func inputChannels(of stage: Stage) -> Int {
        stage.inputs == Self.stemChannels ? stage.inputs : scaled(stage.inputs)
    }

    /// A width rounded to a multiple of 8, never down by more than a tenth.
    private func scaled(_ channels: Int) -> Int {
        let exact = Double(channels) * width
        let rounded = max(8, Int(exact + 4) / 8 * 8)
        return Double(rounded) < 0.9 * exact ? rounded + 8 : rounded
    }
}
