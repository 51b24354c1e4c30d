/// EfficientNet-Lite: EfficientNet (Tan & Le 2019) without squeeze-and-excitation and with ReLU6, as published by
/// the TensorFlow TPU project for processors without an accelerator. 0, 1 and 2 differ in width, depth and input.
public struct EfficientNetLite: Network {
    private struct Stage {
        let repeats: Int
        let kernel: Kernel
        let stride: Int
        let expansion: Int
        let outputs: Int
    }

    /// Table 1 of the paper.
    private static let stages = [
        Stage(repeats: 1, kernel: 3, stride: 1, expansion: 1, outputs: 16),
        Stage(repeats: 2, kernel: 3, stride: 2, expansion: 6, outputs: 24),
        Stage(repeats: 2, kernel: 5, stride: 2, expansion: 6, outputs: 40),
        Stage(repeats: 3, kernel: 3, stride: 2, expansion: 6, outputs: 80),
        Stage(repeats: 3, kernel: 5, stride: 1, expansion: 6, outputs: 112),
        Stage(repeats: 4, kernel: 5, stride: 2, expansion: 6, outputs: 192),
        Stage(repeats: 1, kernel: 3, stride: 1, expansion: 6, outputs: 320),
    ]
    private static let stemChannels = 32
    private static let headChannels = 1280

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

    /// The head is the same for all variants: the Lite ones leave it at its width.
    public var dimensions: [Features: Int] {
        [
            .views: featureLayers.count, .places: Self.headChannels * featureLayers.look.places,
            .pooled: Self.headChannels, .logits: ImageNet.classes,
        ]
    }

    /// The maps of the fifth stage and the last, and the wide layers of the blocks that these begin with.
    public var layers: FeatureLayers? { featureLayers }

    /// The blocks of the last two stages, and what widens the picture behind them.
    public var lastStages: [String] {
        let last = Self.stages.indices.suffix(2).reduce(0) { $0 + repeats(of: Self.stages[$1], at: $1) }
        return blocks.indices.suffix(last).map { "_blocks.\($0)" } + ["_conv_head", "_bn1"]
    }

    private var featureLayers: FeatureLayers {
        FeatureLayers(
            texture: map(after: Self.textureStage), look: map(after: Self.lookStage),
            pattern: [Self.textureStage, Self.lookStage].map(wideChannels), pooled: Self.headChannels)
    }

    private static let textureStage = 4
    private static let lookStage = stages.count - 1

    private func map(after stage: Int) -> FeatureLayers.Map {
        let strides = [2] + Self.stages[...stage].map(\.stride)
        return FeatureLayers.Map(
            channels: scaled(Self.stages[stage].outputs), side: strides.reduce(inputSide) { ($0 + $1 - 1) / $1 })
    }

    /// Of the block that a stage begins with.
    private func wideChannels(of stage: Int) -> Int {
        scaled(Self.stages[stage - 1].outputs) * Self.stages[stage].expansion
    }

    /// Names weights as the published PyTorch files do: `_blocks.0._bn1.weight`.
    public func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
    {
        let input = FeatureMap(photos, channels: 3)
        let stem = Self.layer("_conv_stem", "_bn0")
        var map = graph.relu6(try graph.convolution(input, stem, to: Self.stemChannels, kernel: 3, stride: 2))
        var (stages, wide) = ([FeatureMap](), [FeatureMap]())
        for (number, block) in blocks.enumerated() {
            let layers = self.block(number, of: block.stage, stride: block.stride)
            let filtered = try graph.filtered(map, layers)
            map = try graph.projected(filtered, of: map, layers)
            if block.isFirst { wide.append(filtered) }
            if block.isLast { stages.append(map) }
        }
        let head = Self.layer("_conv_head", "_bn1")
        map = graph.relu6(try graph.convolution(map, head, to: Self.headChannels, kernel: 1))
        guard features == .views else {
            return try graph.head(features, of: map, places: featureLayers.look.places, classifier: "_fc")
        }
        return graph.layers(
            texture: stages[Self.textureStage], look: stages[Self.lookStage],
            pattern: [wide[Self.textureStage], wide[Self.lookStage]], pooled: graph.globalAverage(map), featureLayers)
    }

    /// Only the first block of a stage makes the picture smaller.
    private var blocks: [(stage: Stage, stride: Int, isFirst: Bool, isLast: Bool)] {
        Self.stages.enumerated().flatMap { index, stage in
            let repeats = repeats(of: stage, at: index)
            return (0..<repeats).map { (stage, $0 == 0 ? stage.stride : 1, $0 == 0, $0 == repeats - 1) }
        }
    }

    private func block(_ number: Int, of stage: Stage, stride: Int) -> InvertedBottleneck {
        let prefix = "_blocks.\(number)"
        return InvertedBottleneck(
            expansion: stage.expansion, outputs: scaled(stage.outputs), kernel: stage.kernel, stride: stride,
            expand: Self.layer("\(prefix)._expand_conv", "\(prefix)._bn0"),
            filter: Self.layer("\(prefix)._depthwise_conv", "\(prefix)._bn1"),
            project: Self.layer("\(prefix)._project_conv", "\(prefix)._bn2"))
    }

    private static func layer(_ convolution: String, _ normalization: String) -> NormalizedConvolution {
        NormalizedConvolution(convolution, normalization, padding: .same, epsilon: 1e-3)
    }

    /// The Lite variants leave the first and the last stage at their depth.
    private func repeats(of stage: Stage, at index: Int) -> Int {
        let isOuter = index == 0 || index == Self.stages.count - 1
        return isOuter ? stage.repeats : Int((depth * Double(stage.repeats)).rounded(.up))
    }

    /// A width rounded to a multiple of 8, never down by more than a tenth.
    private func scaled(_ channels: Int) -> Int {
        let exact = Double(channels) * width
        let rounded = max(8, Int(exact + 4) / 8 * 8)
        return Double(rounded) < 0.9 * exact ? rounded + 8 : rounded
    }
}
