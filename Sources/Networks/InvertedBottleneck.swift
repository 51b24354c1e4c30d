/// The block that mobile networks are made of (Sandler et al. 2018, section 3.3): expand, filter each channel by
/// itself, project.
struct InvertedBottleneck {
    let expansion: Int
    let outputs: Int
    let kernel: Kernel
    let stride: Int
    /// Without weights where `expansion` is 1.
    let expand: NormalizedConvolution
    let filter: NormalizedConvolution
    let project: NormalizedConvolution
}

extension Graph {
    /// Adds the input again wherever it has the output's shape.
    mutating func invertedBottleneck(_ input: FeatureMap, _ block: InvertedBottleneck) throws(WeightFileError)
        -> FeatureMap
    {
        try projected(filtered(input, block), of: input, block)
    }

    /// The block's wide layer: each channel filtered by itself.
    mutating func filtered(_ input: FeatureMap, _ block: InvertedBottleneck) throws(WeightFileError) -> FeatureMap {
        let expanded = input.channels * block.expansion
        var map = input
        if block.expansion > 1 { map = relu6(try convolution(map, block.expand, to: expanded, kernel: 1)) }
        return relu6(
            try convolution(
                map, block.filter, to: expanded, kernel: block.kernel, stride: block.stride, groups: expanded))
    }

    /// What the block makes of its wide layer.
    mutating func projected(_ filtered: FeatureMap, of input: FeatureMap, _ block: InvertedBottleneck)
        throws(WeightFileError) -> FeatureMap
    {
        let map = try convolution(filtered, block.project, to: block.outputs, kernel: 1)
        return block.stride == 1 && input.channels == block.outputs ? sum(map, input) : map
    }
}
