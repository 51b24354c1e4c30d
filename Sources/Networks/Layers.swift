// The layers that networks are made of. Each names its weights as PyTorch modules do: `prefix.weight`, `prefix.bias`.
extension Graph {
    /// A two-dimensional convolution without a bias, its channels in `groups` that are kept apart.
    ///
    /// Padded as TensorFlow's `SAME`: the output has the input's size divided by the stride, rounded up; where
    /// the padding is odd, the larger part of it is at the bottom and right.
    mutating func convolution(
        _ value: Value, _ prefix: String, from inputs: Int, to outputs: Int, kernel: Int, stride: Int = 1,
        groups: Int = 1
    ) throws(WeightFileError) -> Value {
        let weight = try weight("\(prefix).weight", shape: [outputs, inputs / groups, kernel, kernel])
        return apply(
            "Conv", value, weight,
            attributes: [
                ("auto_pad", .string("SAME_UPPER")), ("kernel_shape", .ints([kernel, kernel])),
                ("strides", .ints([stride, stride])), ("group", .int(groups)),
            ])
    }

    /// Batch normalization with the statistics gathered in training (Ioffe & Szegedy 2015).
    mutating func batchNormalization(_ value: Value, _ prefix: String, channels: Int, epsilon: Float)
        throws(WeightFileError) -> Value
    {
        apply(
            "BatchNormalization", value, try weight("\(prefix).weight", shape: [channels]),
            try weight("\(prefix).bias", shape: [channels]), try weight("\(prefix).running_mean", shape: [channels]),
            try weight("\(prefix).running_var", shape: [channels]), attributes: [("epsilon", .float(epsilon))])
    }

    /// Cut off below 0 and above 6 (Krizhevsky 2010).
    mutating func relu6(_ value: Value) -> Value {
        let (zero, six) = (constant(0), constant(6))
        return apply("Clip", value, zero, six)
    }

    /// A fully connected layer with a bias.
    mutating func dense(_ value: Value, _ prefix: String, from inputs: Int, to outputs: Int) throws(WeightFileError)
        -> Value
    {
        apply(
            "Gemm", value, try weight("\(prefix).weight", shape: [outputs, inputs]),
            try weight("\(prefix).bias", shape: [outputs]), attributes: [("transB", .int(1))])
    }

    /// The mean over all places of each channel, as one row a photo.
    mutating func globalAverage(_ value: Value) -> Value {
        apply("Flatten", apply("GlobalAveragePool", value), attributes: [("axis", .int(1))])
    }
}
