/// What must be known of a network's numbers on real photos before it can be written in integers: how far each value
/// reaches, and by how much each layer's mean moves when its weights are rounded.
///
/// An engine computes `rangeGraph` of some photos and then `errorGraph`; their outputs are noted here.
public struct Calibration: Sendable {
    private static let statistics = Graph.Value(name: "statistics")

    private let graph: Graph
    private let values: [Graph.Value]
    private let layers: [Graph.Operation]
    private let tensors: [String: WeightFile.Tensor]
    private var ranges: [ClosedRange<Float>?]
    /// For each layer, the sum over photos of each output channel's mean error.
    private var errors: [[Double]]
    private var photoCount = 0

    /// Of a graph with weights; its normalizations are folded.
    public init(of graph: Graph) {
        let graph = graph.foldingNormalizations()
        self.graph = graph
        values = QuantizationPlan(of: graph, keepingFirst: 0).values
        layers = graph.operations.filter(\.hasWeights)
        let tensors = Dictionary(uniqueKeysWithValues: graph.weights.map { ($0.name, $0) })
        self.tensors = tensors
        ranges = values.map { _ in nil }
        errors = layers.map { [Double](repeating: 0, count: tensors[$0.inputs[1].name]?.shape.first ?? 0) }
    }

    /// How many layers have weights.
    public var layerCount: Int { layers.count }

    // MARK: Ranges

    /// Computes of each photo the least and the greatest number of each value.
    public var rangeGraph: Graph {
        var (operations, ends): ([Graph.Operation], [Graph.Value]) = ([], [])
        for value in values {
            operations.append(
                Graph.Operation("Flatten", [value], to: value.own("flat"), attributes: [("axis", .int(1))]))
            for (type, end) in [("ReduceMin", value.own("least")), ("ReduceMax", value.own("greatest"))] {
                operations.append(
                    Graph.Operation(type, [value.own("flat")], to: end, attributes: [("axes", .ints([1]))]))
                ends.append(end)
            }
        }
        return reporting(ends, by: operations, count: ends.count)
    }

    /// Takes note of what `rangeGraph` gave for some photos.
    public mutating func noteRanges(_ output: [Float]) {
        for (index, pair) in stride(from: 0, to: output.count, by: 2).enumerated() {
            let (value, least, greatest) = (index % values.count, output[pair], output[pair + 1])
            // Of a network whose numbers go beyond all bounds, the comparison of neighbours tells.
            guard least.isFinite, greatest.isFinite, least <= greatest else { continue }
            let known = ranges[value] ?? least...least
            ranges[value] = min(known.lowerBound, least)...max(known.upperBound, greatest)
        }
    }

    // MARK: Errors

    /// Computes of each photo the mean of what rounding the weights leaves out of each layer's channels.
    public var errorGraph: Graph {
        let quantizers = quantizers
        let rests = layers.map { layer in
            let (weight, channels) = (weight(of: layer), channelQuantizer(of: layer, quantizers))
            return WeightFile.Tensor(
                "\(weight.name).rest", .float32, shape: weight.shape, channels.errors(of: weight.floats))
        }
        let operations = zip(layers, rests).flatMap { $0.means(with: Graph.Value(name: $1.name)) }
        let means = layers.map { $0.output.own("mean") }
        return reporting(means, by: operations, with: rests, count: errors.reduce(0) { $0 + $1.count })
    }

    /// Takes note of what `errorGraph` gave for some photos.
    public mutating func noteErrors(_ output: [Float]) {
        var rest = output[...]
        while !rest.isEmpty {
            for layer in errors.indices {
                for channel in errors[layer].indices { errors[layer][channel] += Double(rest.removeFirst()) }
            }
            photoCount += 1
        }
    }

    // MARK: Weights

    /// The network's weights in integers.
    ///
    /// Each bias is corrected by the mean of what rounding leaves out (Nagel et al. 2019, section 4.2).
    public func weights() -> QuantizedWeights {
        let quantizers = quantizers
        var integers: [Graph.Value: [WeightFile.Tensor]] = [:]
        for (layer, errors) in zip(layers, errors) {
            integers[layer.output] = self.integers(of: layer, channelQuantizer(of: layer, quantizers), errors)
        }
        return QuantizedWeights(graph, integers, quantizers)
    }

    private func integers(of layer: Graph.Operation, _ channels: ChannelQuantizer, _ errors: [Double])
        -> [WeightFile.Tensor]
    {
        let weight = weight(of: layer)
        let biases = zip(biases(of: layer), errors).map { $0 + Float($1 / Double(max(photoCount, 1))) }
        return [
            .init(weight.name, .int8, shape: weight.shape, channels.integers(of: weight.floats)),
            .init(layer.inputs[1].own("scale").name, .float32, shape: [biases.count], channels.scales),
            .init(layer.biasName, .int32, shape: [biases.count], channels.integers(ofBiases: biases)),
        ]
    }

    /// What only passes on numbers has the integers of its input.
    private var quantizers: [Graph.Value: AffineQuantizer] {
        var quantizers: [Graph.Value: AffineQuantizer] = [:]
        for (value, range) in zip(values, ranges) { quantizers[value] = AffineQuantizer(covering: range ?? 0...0) }
        for operation in graph.operations where operation.keepsNumbers && quantizers[operation.output] != nil {
            quantizers[operation.output] = quantizers[operation.inputs[0]] ?? quantizers[operation.output]
        }
        return quantizers
    }

    private func channelQuantizer(of layer: Graph.Operation, _ quantizers: [Graph.Value: AffineQuantizer])
        -> ChannelQuantizer
    {
        guard let input = quantizers[layer.inputs[0]] else {
            preconditionFailure("\(layer.output.name) does not look at a value that is quantized")
        }
        return ChannelQuantizer(weight(of: layer).floats, biases(of: layer), inputScale: input.scale)
    }

    private func weight(of layer: Graph.Operation) -> WeightFile.Tensor {
        guard let weight = tensors[layer.inputs[1].name] else {
            preconditionFailure("\(layer.output.name) has no tensor for weights")
        }
        return weight
    }

    private func biases(of layer: Graph.Operation) -> [Float] {
        tensors[layer.biasName]?.floats ?? [Float](repeating: 0, count: weight(of: layer).shape[0])
    }

    /// The network with one row of numbers a photo in place of its output.
    private func reporting(
        _ values: [Graph.Value], by operations: [Graph.Operation], with tensors: [WeightFile.Tensor] = [], count: Int
    ) -> Graph {
        let row = Graph.Operation("Concat", values, to: Self.statistics, attributes: [("axis", .int(1))])
        return Graph(
            graph.operations + operations + [row], tensors: graph.weights + tensors, inputs: graph.inputs,
            outputs: [Graph.Port(value: Self.statistics, shape: [nil, count])])
    }
}

extension Graph.Operation {
    /// The layer with other weights and without a bias, and the mean of each of its channels.
    fileprivate func means(with weights: Graph.Value) -> [Self] {
        let (error, pooled, mean) = (output.own("error"), output.own("pooled"), output.own("mean"))
        let inputs = [inputs[0], weights]
        guard type == "Conv" else { return [Self(type, inputs, to: mean, attributes: attributes)] }
        return [
            Self(type, inputs, to: error, attributes: attributes),
            Self("GlobalAveragePool", [error], to: pooled),
            Self("Flatten", [pooled], to: mean, attributes: [("axis", .int(1))]),
        ]
    }
}
