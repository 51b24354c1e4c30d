extension Graph {
    /// The same network without the batch normalizations that follow convolutions: these are scaled and shifted as
    /// those would do it (Jacob et al. 2018, section 3.2). The numbers change by no more than rounding.
    public func foldingNormalizations() -> Graph {
        let readers = operations.reduce(into: [Value: Int]()) { counts, operation in
            for input in operation.inputs { counts[input, default: 0] += 1 }
        }
        var tensors = Dictionary(uniqueKeysWithValues: weights.map { ($0.name, $0) })
        var folded: [Operation] = []
        var places: [Value: Int] = [:]
        for operation in operations {
            if operation.type == "BatchNormalization", let place = places[operation.inputs[0]],
                readers[operation.inputs[0]] == 1
            {
                folded[place] = folded[place].folding(operation, &tensors)
                continue
            }
            if operation.type == "Conv" { places[operation.output] = folded.count }
            folded.append(operation)
        }
        return Graph(folded, tensors: Array(tensors.values), inputs: inputs, outputs: outputs)
    }
}

extension Graph.Operation {
    /// A convolution with a bias, whose output is that of the normalization which followed it.
    fileprivate func folding(_ normalization: Self, _ tensors: inout [String: WeightFile.Tensor]) -> Self {
        let names = normalization.inputs.map(\.name)
        guard let weight = tensors[inputs[1].name], let gain = tensors[names[1]], let shift = tensors[names[2]],
            let mean = tensors[names[3]], let variance = tensors[names[4]]
        else { preconditionFailure("\(normalization.output.name) does not normalize with tensors") }
        let bias = inputs.count > 2 ? tensors[inputs[2].name] : nil
        let folded =
            weight.isOutline
            ? (weight: weight, bias: .outline(biasName, shape: gain.shape))
            : Folding(gain, shift, mean, variance, epsilon: normalization.epsilon).apply(to: weight, bias, biasName)
        tensors[folded.weight.name] = folded.weight
        tensors[folded.bias.name] = folded.bias
        return Self(
            type: type, inputs: [inputs[0], inputs[1], Graph.Value(name: biasName)], outputs: [normalization.output],
            attributes: attributes)
    }

    /// What a layer’s bias is called, or would be if it had one.
    var biasName: String { inputs.count > 2 ? inputs[2].name : "\(inputs[1].name).bias" }

    private var epsilon: Double {
        guard case .float(let epsilon)? = attributes.first(where: { $0.name == "epsilon" })?.value else { return 1e-5 }
        return Double(epsilon)
    }
}

/// What a batch normalization does to each channel: multiply by a factor, after subtracting a mean and before adding
/// a shift.
private struct Folding {
    private let factors: [Double]
    private let means: [Double]
    private let shifts: [Double]

    init(
        _ gain: WeightFile.Tensor, _ shift: WeightFile.Tensor, _ mean: WeightFile.Tensor,
        _ variance: WeightFile.Tensor, epsilon: Double
    ) {
        factors = zip(gain.floats, variance.floats).map { Double($0) / (Double($1) + epsilon).squareRoot() }
        means = mean.floats.map(Double.init)
        shifts = shift.floats.map(Double.init)
    }

    func apply(to weight: WeightFile.Tensor, _ bias: WeightFile.Tensor?, _ biasName: String)
        -> (weight: WeightFile.Tensor, bias: WeightFile.Tensor)
    {
        var numbers = weight.floats
        let columns = numbers.count / factors.count
        for index in numbers.indices { numbers[index] = Float(Double(numbers[index]) * factors[index / columns]) }
        let old = bias?.floats ?? [Float](repeating: 0, count: factors.count)
        let new = factors.indices.map { Float(shifts[$0] + (Double(old[$0]) - means[$0]) * factors[$0]) }
        return (
            WeightFile.Tensor(weight.name, .float32, shape: weight.shape, numbers),
            WeightFile.Tensor(biasName, .float32, shape: [factors.count], new)
        )
    }
}
