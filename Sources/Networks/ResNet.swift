/// ResNet (He et al. 2016) of 18, 34 and 50 layers, with the weights' names of torchvision.
public struct ResNet: Network {
    /// Pictures of 224 pixels a side are 7 x 7 places when they are averaged.
    public let inputSide = 224
    private let depths: [Int]
    private let hasBottlenecks: Bool

    /// Eight blocks of two convolutions.
    public static let resnet18 = ResNet(depths: [2, 2, 2, 2], hasBottlenecks: false)
    /// Sixteen blocks of two convolutions.
    public static let resnet34 = ResNet(depths: [3, 4, 6, 3], hasBottlenecks: false)
    /// Sixteen blocks of three convolutions, the outer ones of which change the number of channels.
    public static let resnet50 = ResNet(depths: [3, 4, 6, 3], hasBottlenecks: true)

    /// The last stage's channels, four times as many where blocks are bottlenecks, and the classes.
    public var dimensions: [Features: Int] {
        [.places: 512 * expansion * Self.places, .pooled: 512 * expansion, .logits: ImageNet.classes]
    }

    /// The last stage.
    public var lastStages: [String] { ["layer4"] }

    private static let places = 7 * 7

    private var expansion: Int { hasBottlenecks ? 4 : 1 }

    /// Names weights as torchvision does: the first block of the second stage is `layer2.0`.
    public func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
    {
        let (input, stem) = (FeatureMap(photos, channels: 3), NormalizedConvolution("conv1", "bn1"))
        var map = graph.relu(try graph.convolution(input, stem, to: 64, kernel: 7, stride: 2))
        map = graph.maxPool(map, 3, stride: 2, padding: .half)
        for (stage, depth) in depths.enumerated() {
            for block in 0..<depth {
                let stride = stage > 0 && block == 0 ? 2 : 1
                map = try self.block("layer\(stage + 1).\(block)", map, width: 64 << stage, stride: stride, &graph)
            }
        }
        return try graph.head(features, of: map, places: Self.places, classifier: "fc")
    }

    /// A residual and the input, which is projected where it has another shape (section 3.3, option B).
    private func block(_ prefix: String, _ input: FeatureMap, width: Int, stride: Int, _ graph: inout Graph)
        throws(WeightFileError) -> FeatureMap
    {
        let outputs = width * expansion
        let residual =
            hasBottlenecks
            ? try bottleneck(prefix, input, width: width, stride: stride, &graph)
            : try pair(prefix, input, width: width, stride: stride, &graph)
        guard stride > 1 || input.channels != outputs else { return graph.relu(graph.sum(residual, input)) }
        let projection = NormalizedConvolution("\(prefix).downsample.0", "\(prefix).downsample.1")
        let shortcut = try graph.convolution(input, projection, to: outputs, kernel: 1, stride: stride)
        return graph.relu(graph.sum(residual, shortcut))
    }

    /// The left of figure 5.
    private func pair(_ prefix: String, _ input: FeatureMap, width: Int, stride: Int, _ graph: inout Graph)
        throws(WeightFileError) -> FeatureMap
    {
        let map = graph.relu(
            try graph.convolution(input, layer(prefix, 1), to: width, kernel: 3, stride: stride))
        return try graph.convolution(map, layer(prefix, 2), to: width, kernel: 3)
    }

    /// The right of figure 5, but that the 3 x 3 convolution has the stride: the paper’s first 1 x 1 convolution would
    /// skip three of four places.
    private func bottleneck(_ prefix: String, _ input: FeatureMap, width: Int, stride: Int, _ graph: inout Graph)
        throws(WeightFileError) -> FeatureMap
    {
        var map = graph.relu(try graph.convolution(input, layer(prefix, 1), to: width, kernel: 1))
        map = graph.relu(try graph.convolution(map, layer(prefix, 2), to: width, kernel: 3, stride: stride))
        return try graph.convolution(map, layer(prefix, 3), to: width * expansion, kernel: 1)
    }

    private func layer(_ prefix: String, _ number: Int) -> NormalizedConvolution {
        NormalizedConvolution("\(prefix).conv\(number)", "\(prefix).bn\(number)")
    }
}
