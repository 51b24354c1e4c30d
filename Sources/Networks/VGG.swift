/// VGG (Simonyan & Zisserman 2015) of 16 and 19 layers, with the weights' names of torchvision.
public struct VGG: Network {
    private static let widths = [64, 128, 256, 512, 512]
    private static let hidden = 4096
    /// Of the picture that is left when five times every second place was kept.
    private static let places = 7 * 7

    /// The fully connected layers fit pictures of 224 pixels a side and no others.
    public let inputSide = 224
    /// What the last convolutions and the fully connected layers give, and the classes.
    public let dimensions: [Features: Int] = [
        .places: 512 * places, .pooled: 512, .fc2: hidden, .logits: ImageNet.classes,
    ]
    private let depths: [Int]

    /// The last stage's convolutions.
    public var lastStages: [String] {
        // Before them are all other convolutions, each with its ReLU, and a pooling a stage.
        let first = depths.dropLast().reduce(0) { $0 + 2 * $1 + 1 }
        return (0..<(depths.last ?? 0)).map { "features.\(first + 2 * $0)" }
    }

    /// Thirteen convolutions: column D of the paper's table 1.
    public static let vgg16 = VGG(depths: [2, 2, 3, 3, 3])
    /// Sixteen convolutions: column E of the paper's table 1.
    public static let vgg19 = VGG(depths: [2, 2, 4, 4, 4])

    /// Names weights as torchvision does, which counts ReLUs and poolings too: `features.0`, `features.2`, `features.5`.
    public func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
    {
        let map = try convolutions(FeatureMap(photos, channels: 3), &graph)
        if features == .pooled { return graph.globalAverage(map).value }
        let flat = graph.flattened(map, places: Self.places)
        if features == .places { return flat.value }
        let fc1 = graph.relu(try graph.dense(flat, "classifier.0", to: Self.hidden))
        let fc2 = graph.relu(try graph.dense(fc1, "classifier.3", to: Self.hidden))
        return features == .fc2 ? fc2.value : try graph.dense(fc2, "classifier.6", to: ImageNet.classes).value
    }

    private func convolutions(_ input: FeatureMap, _ graph: inout Graph) throws(WeightFileError) -> FeatureMap {
        var (map, layer) = (input, 0)
        for (width, depth) in zip(Self.widths, depths) {
            for _ in 0..<depth {
                map = graph.relu(
                    try graph.convolution(map, "features.\(layer)", to: width, kernel: 3, hasBias: true))
                layer += 2
            }
            map = graph.maxPool(map, 2, stride: 2, padding: .valid)
            layer += 1
        }
        return map
    }
}
