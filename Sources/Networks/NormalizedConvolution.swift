/// A convolution without a bias and the batch normalization after it: what their weights are called, and what all
/// such pairs of a network have in common. Unless said otherwise, they are as PyTorch has them.
struct NormalizedConvolution {
    let convolution: String
    let normalization: String
    let padding: Padding
    let epsilon: Float

    init(_ convolution: String, _ normalization: String, padding: Padding = .half, epsilon: Float = 1e-5) {
        self.convolution = convolution
        self.normalization = normalization
        self.padding = padding
        self.epsilon = epsilon
    }
}

extension Graph {
    /// Convolves and normalizes.
    mutating func convolution(
        _ input: FeatureMap, _ pair: NormalizedConvolution, to outputs: Int, kernel: Kernel, stride: Int = 1,
        groups: Int = 1
    ) throws(WeightFileError) -> FeatureMap {
        let convolved = try convolution(
            input, pair.convolution, to: outputs, kernel: kernel, stride: stride, padding: pair.padding, groups: groups)
        return try batchNormalization(convolved, pair.normalization, epsilon: pair.epsilon)
    }
}
