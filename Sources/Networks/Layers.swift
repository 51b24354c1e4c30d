// The layers that networks are made of. Each names its weights as PyTorch modules do: `prefix.weight`, `prefix.bias`.
extension Graph {
    /// A two-dimensional convolution, its channels in `groups` that are kept apart, which looks at each `dilation`th place.
    mutating func convolution(
        _ input: FeatureMap, _ prefix: String, to outputs: Int, kernel: Kernel, stride: Int = 1,
        padding: Padding = .half, groups: Int = 1, dilation: Int = 1, hasBias: Bool = false
    ) throws(WeightFileError) -> FeatureMap {
        let shape = [outputs, input.channels / groups, kernel.rows, kernel.columns]
        var values = [input.value, try weight("\(prefix).weight", shape: shape)]
        if hasBias { values.append(try weight("\(prefix).bias", shape: [outputs])) }
        let attributes =
            window(kernel, stride, padding, dilation)
            + [("group", .int(groups)), ("dilations", .ints([dilation, dilation]))]
        return FeatureMap(apply("Conv", values, attributes: attributes), channels: outputs)
    }

    /// Batch normalization with the statistics gathered in training (Ioffe & Szegedy 2015).
    mutating func batchNormalization(_ input: FeatureMap, _ prefix: String, epsilon: Float) throws(WeightFileError)
        -> FeatureMap
    {
        var values = [input.value]
        for name in ["weight", "bias", "running_mean", "running_var"] {
            values.append(try weight("\(prefix).\(name)", shape: [input.channels]))
        }
        let normalized = apply("BatchNormalization", values, attributes: [("epsilon", .float(epsilon))])
        return FeatureMap(normalized, channels: input.channels)
    }

    /// A fully connected layer with a bias, of maps that are one row a photo.
    mutating func dense(_ input: FeatureMap, _ prefix: String, to outputs: Int) throws(WeightFileError) -> FeatureMap {
        let weight = try weight("\(prefix).weight", shape: [outputs, input.channels])
        let bias = try self.weight("\(prefix).bias", shape: [outputs])
        return FeatureMap(
            apply("Gemm", input.value, weight, bias, attributes: [("transB", .int(1))]), channels: outputs)
    }

    /// The largest number under the kernel.
    mutating func maxPool(_ input: FeatureMap, _ kernel: Kernel, stride: Int, padding: Padding) -> FeatureMap {
        keepingChannels(input, "MaxPool", window(kernel, stride, padding))
    }

    /// The mean of the numbers under the kernel; zeros around the picture count, as they do in PyTorch.
    mutating func averagePool(_ input: FeatureMap, _ kernel: Kernel, stride: Int, padding: Padding) -> FeatureMap {
        keepingChannels(input, "AveragePool", window(kernel, stride, padding) + [("count_include_pad", .int(1))])
    }

    /// The mean over all places of each channel, as one row a photo.
    mutating func globalAverage(_ input: FeatureMap) -> FeatureMap {
        flattened(keepingChannels(input, "GlobalAveragePool"), places: 1)
    }

    /// The standard deviation over all places of each channel, as one row a photo.
    mutating func standardDeviation(_ input: FeatureMap) -> FeatureMap {
        let means = apply("ReduceMean", input.value, attributes: [("axes", .ints([2, 3]))])
        let differences = apply("Sub", input.value, means)
        let squares = apply("Mul", differences, differences)
        let overPlaces: [(String, Attribute)] = [("axes", .ints([2, 3])), ("keepdims", .int(0))]
        let variances = apply("ReduceMean", squares, attributes: overPlaces)
        return FeatureMap(apply("Sqrt", variances), channels: input.channels)
    }

    /// Channel after channel, all `places` of each, as one row a photo.
    mutating func flattened(_ input: FeatureMap, places: Int) -> FeatureMap {
        FeatureMap(
            apply("Flatten", input.value, attributes: [("axis", .int(1))]), channels: input.channels * places)
    }

    /// So many times as wide and as high, each place repeated.
    mutating func repeated(_ input: FeatureMap, times factor: Int) -> FeatureMap {
        let scales = constant([1, 1, Float(factor), Float(factor)])
        let attributes: [(String, Attribute)] = [
            ("mode", .string("nearest")), ("coordinate_transformation_mode", .string("asymmetric")),
            ("nearest_mode", .string("floor")),
        ]
        return FeatureMap(
            apply("Resize", input.value, .none, scales, attributes: attributes), channels: input.channels)
    }

    /// So many times as wide and as high, with what lies between places (bilinear interpolation).
    mutating func enlarged(_ input: FeatureMap, times factor: Int) -> FeatureMap {
        let scales = constant([1, 1, Float(factor), Float(factor)])
        let resized = apply("Resize", input.value, .none, scales, attributes: [("mode", .string("linear"))])
        return FeatureMap(resized, channels: input.channels)
    }

    /// Squeezed between 0 and 1 by the logistic function.
    mutating func sigmoid(_ input: FeatureMap) -> FeatureMap { keepingChannels(input, "Sigmoid") }

    /// Cut off below 0 (Nair & Hinton 2010).
    mutating func relu(_ input: FeatureMap) -> FeatureMap { keepingChannels(input, "Relu") }

    /// Cut off below 0 and above 6 (Krizhevsky 2010).
    mutating func relu6(_ input: FeatureMap) -> FeatureMap {
        let (zero, six) = (constant(0), constant(6))
        return FeatureMap(apply("Clip", input.value, zero, six), channels: input.channels)
    }

    /// The sum of two maps of one shape, place by place.
    mutating func sum(_ left: FeatureMap, _ right: FeatureMap) -> FeatureMap {
        FeatureMap(apply("Add", left.value, right.value), channels: left.channels)
    }

    /// The channels of maps of one size, one map's after the other's.
    mutating func concatenation(_ inputs: [FeatureMap]) -> FeatureMap {
        let joined = apply("Concat", inputs.map(\.value), attributes: [("axis", .int(1))])
        return FeatureMap(joined, channels: inputs.reduce(0) { $0 + $1.channels })
    }

    private mutating func keepingChannels(
        _ input: FeatureMap, _ type: String, _ attributes: [(String, Attribute)] = []
    ) -> FeatureMap {
        FeatureMap(apply(type, input.value, attributes: attributes), channels: input.channels)
    }

    private func window(_ kernel: Kernel, _ stride: Int, _ padding: Padding, _ dilation: Int = 1) -> [(
        String, Attribute
    )] {
        [
            ("kernel_shape", .ints([kernel.rows, kernel.columns])), ("strides", .ints([stride, stride])),
            padding.attribute(around: kernel, dilation: dilation),
        ]
    }
}
