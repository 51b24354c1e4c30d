/// MobileNetV2 (Sandler et al. 2018) at its full width, with the weights' names of torchvision.
public struct MobileNetV2: Network {
    /// Table 2 of the paper: `t`, `c`, `n` and `s` of each row.
    private static let stages: [(expansion: Int, outputs: Int, repeats: Int, stride: Int)] = [
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ]
    private static let stemChannels = 32
    private static let headChannels = 1280
    /// Of the picture that is left when five times every second place was kept.
    private static let places = 7 * 7

    /// 224 pixels, the paper's “primary” network.
    public let inputSide = 224
    /// What the last 1 x 1 convolution widens the picture to, and the classes.
    public let dimensions: [Features: Int] = [
        .places: headChannels * places, .pooled: headChannels, .logits: ImageNet.classes,
    ]

    /// The blocks of 7 x 7 places, and what widens the picture behind them.
    public var lastStages: [String] {
        let last = Self.stages.reduce(0) { $0 + $1.repeats }
        let blocks = Self.stages.suffix(2).reduce(0) { $0 + $1.repeats }
        return (last - blocks + 1...last + 1).map { "features.\($0)" }
    }

    /// There is only one: narrower networks have weights of their own.
    public init() {}

    /// Names weights as torchvision does: the blocks are `features.1` to `features.17`.
    public func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
    {
        let input = FeatureMap(photos, channels: 3)
        let stem = NormalizedConvolution("features.0.0", "features.0.1")
        var map = graph.relu6(try graph.convolution(input, stem, to: Self.stemChannels, kernel: 3, stride: 2))
        for block in Self.blocks { map = try graph.invertedBottleneck(map, block) }
        let head = NormalizedConvolution("features.18.0", "features.18.1")
        map = graph.relu6(try graph.convolution(map, head, to: Self.headChannels, kernel: 1))
        return try graph.head(features, of: map, places: Self.places, classifier: "classifier.1")
    }

    /// Only the first block of a stage makes the picture smaller.
    private static var blocks: [InvertedBottleneck] {
        let steps = stages.flatMap { stage in (0..<stage.repeats).map { (stage, $0 == 0 ? stage.stride : 1) } }
        return steps.enumerated().map { index, step in
            block(index + 1, expansion: step.0.expansion, outputs: step.0.outputs, stride: step.1)
        }
    }

    /// torchvision counts layers within a block, and the one that does not expand has one less.
    private static func block(_ number: Int, expansion: Int, outputs: Int, stride: Int) -> InvertedBottleneck {
        let (prefix, filter) = ("features.\(number).conv", expansion > 1 ? 1 : 0)
        return InvertedBottleneck(
            expansion: expansion, outputs: outputs, kernel: 3, stride: stride,
            expand: NormalizedConvolution("\(prefix).0.0", "\(prefix).0.1"),
            filter: NormalizedConvolution("\(prefix).\(filter).0", "\(prefix).\(filter).1"),
            project: NormalizedConvolution("\(prefix).\(filter + 1)", "\(prefix).\(filter + 2)"))
    }
}
