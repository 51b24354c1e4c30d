/// Inception-v3 (Szegedy et al. 2016) without its auxiliary classifier, which only matters in training, and with the
/// weights' names of torchvision.
public struct InceptionV3: Network {
    /// 299 pixels, of which kernels without padding leave 35, 17 and 8 places a side for the three kinds of modules.
    public let inputSide = 299
    /// The last module's channels, and the classes.
    public let dimensions: [Features: Int] = [.places: 2048 * places, .pooled: 2048, .logits: ImageNet.classes]

    private static let places = 8 * 8

    /// The modules of 8 x 8 places.
    public let lastStages = ["Mixed_7a", "Mixed_7b", "Mixed_7c"]

    /// There is only one.
    public init() {}

    /// Names weights as torchvision does, which has the modules' names from TensorFlow: `Mixed_5b.branch1x1.conv`.
    public func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
    {
        var map = try graph.stem(FeatureMap(photos, channels: 3))
        for (name, pool) in [("Mixed_5b", 32), ("Mixed_5c", 64), ("Mixed_5d", 64)] {
            map = try graph.mixed35(map, name, pool: pool)
        }
        map = try graph.reduceTo17(map, "Mixed_6a")
        for (name, width) in [("Mixed_6b", 128), ("Mixed_6c", 160), ("Mixed_6d", 160), ("Mixed_6e", 192)] {
            map = try graph.mixed17(map, name, width: width)
        }
        map = try graph.reduceTo8(map, "Mixed_7a")
        for name in ["Mixed_7b", "Mixed_7c"] { map = try graph.mixed8(map, name) }
        return try graph.head(features, of: map, places: Self.places, classifier: "fc")
    }
}

/// One convolution of several in a row.
private struct Step {
    let outputs: Int
    let kernel: Kernel
    var stride = 1
    var padding = Padding.half

    init(_ outputs: Int, _ kernel: Kernel) { (self.outputs, self.kernel) = (outputs, kernel) }

    /// Without padding, so that the picture becomes smaller.
    static func reduction(_ outputs: Int, _ kernel: Kernel, stride: Int) -> Step {
        var step = Step(outputs, kernel)
        (step.stride, step.padding) = (stride, .valid)
        return step
    }
}

/// The rows of table 1; their sides are those of the picture they work on.
extension Graph {
    /// Up to 35 places a side.
    fileprivate mutating func stem(_ input: FeatureMap) throws(WeightFileError) -> FeatureMap {
        var map = try convolution(input, "Conv2d_1a_3x3", .reduction(32, 3, stride: 2))
        map = try convolution(map, "Conv2d_2a_3x3", .reduction(32, 3, stride: 1))
        map = try convolution(map, "Conv2d_2b_3x3", Step(64, 3))
        map = maxPool(map, 3, stride: 2, padding: .valid)
        map = try convolution(map, "Conv2d_3b_1x1", Step(80, 1))
        map = try convolution(map, "Conv2d_4a_3x3", .reduction(192, 3, stride: 1))
        return maxPool(map, 3, stride: 2, padding: .valid)
    }

    /// Figure 5, but for one branch that still has a 5 x 5 convolution, as the published weights do.
    fileprivate mutating func mixed35(_ input: FeatureMap, _ name: String, pool: Int) throws(WeightFileError)
        -> FeatureMap
    {
        concatenation([
            try convolution(input, "\(name).branch1x1", Step(64, 1)),
            try branch(input, "\(name).branch5x5", [Step(48, 1), Step(64, 5)]),
            try branch(input, "\(name).branch3x3dbl", [Step(64, 1), Step(96, 3), Step(96, 3)]),
            try pooled(input, name, Step(pool, 1)),
        ])
    }

    /// Figure 10, from 35 places a side.
    fileprivate mutating func reduceTo17(_ input: FeatureMap, _ name: String) throws(WeightFileError) -> FeatureMap {
        concatenation([
            try convolution(input, "\(name).branch3x3", .reduction(384, 3, stride: 2)),
            try branch(input, "\(name).branch3x3dbl", [Step(64, 1), Step(96, 3), .reduction(96, 3, stride: 2)]),
            maxPool(input, 3, stride: 2, padding: .valid),
        ])
    }

    /// Figure 6, n = 7: each n x n convolution is one row and one column.
    fileprivate mutating func mixed17(_ input: FeatureMap, _ name: String, width: Int) throws(WeightFileError)
        -> FeatureMap
    {
        let (row, column) = (Kernel(1, 7), Kernel(7, 1))
        return concatenation([
            try convolution(input, "\(name).branch1x1", Step(192, 1)),
            try branch(input, "\(name).branch7x7", [Step(width, 1), Step(width, row), Step(192, column)]),
            try branch(
                input, "\(name).branch7x7dbl",
                [Step(width, 1), Step(width, column), Step(width, row), Step(width, column), Step(192, row)]),
            try pooled(input, name, Step(192, 1)),
        ])
    }

    /// Figure 10, from 17 places a side.
    fileprivate mutating func reduceTo8(_ input: FeatureMap, _ name: String) throws(WeightFileError) -> FeatureMap {
        let (row, column) = (Kernel(1, 7), Kernel(7, 1))
        return concatenation([
            try branch(input, "\(name).branch3x3", [Step(192, 1), .reduction(320, 3, stride: 2)]),
            try branch(
                input, "\(name).branch7x7x3",
                [Step(192, 1), Step(192, row), Step(192, column), .reduction(192, 3, stride: 2)]),
            maxPool(input, 3, stride: 2, padding: .valid),
        ])
    }

    /// Figure 7: the last convolutions' rows and columns stand side by side.
    fileprivate mutating func mixed8(_ input: FeatureMap, _ name: String) throws(WeightFileError) -> FeatureMap {
        let square = try convolution(input, "\(name).branch3x3_1", Step(384, 1))
        let double = try branch(input, "\(name).branch3x3dbl", [Step(448, 1), Step(384, 3)])
        return concatenation([
            try convolution(input, "\(name).branch1x1", Step(320, 1)),
            try convolution(square, "\(name).branch3x3_2a", Step(384, Kernel(1, 3))),
            try convolution(square, "\(name).branch3x3_2b", Step(384, Kernel(3, 1))),
            try convolution(double, "\(name).branch3x3dbl_3a", Step(384, Kernel(1, 3))),
            try convolution(double, "\(name).branch3x3dbl_3b", Step(384, Kernel(3, 1))),
            try pooled(input, name, Step(192, 1)),
        ])
    }
}

extension Graph {
    /// Convolutions one after the other, numbered from 1.
    private mutating func branch(_ input: FeatureMap, _ name: String, _ steps: [Step]) throws(WeightFileError)
        -> FeatureMap
    {
        var map = input
        for (index, step) in steps.enumerated() { map = try convolution(map, "\(name)_\(index + 1)", step) }
        return map
    }

    /// A module's branch that averages before it convolves.
    private mutating func pooled(_ input: FeatureMap, _ name: String, _ step: Step) throws(WeightFileError)
        -> FeatureMap
    {
        try convolution(averagePool(input, 3, stride: 1, padding: .half), "\(name).branch_pool", step)
    }

    /// TensorFlow's smallest variance, since the weights come from there.
    private mutating func convolution(_ input: FeatureMap, _ name: String, _ step: Step) throws(WeightFileError)
        -> FeatureMap
    {
        let pair = NormalizedConvolution("\(name).conv", "\(name).bn", padding: step.padding, epsilon: 1e-3)
        return relu(try convolution(input, pair, to: step.outputs, kernel: step.kernel, stride: step.stride))
    }
}
