import Networks

/// A network as it is computed in training: on a batch of one size, with weights that are given anew at each step.
struct ForwardPass {
    private(set) var graph: ShapedGraph
    /// By the network's own names.
    private var values: [Graph.Value: Graph.Value] = [.none: .none]
    /// What depends on weights that are changed, and these themselves.
    private(set) var active: Set<Graph.Value> = []
    /// What is changed by its gradient.
    private(set) var parameters: [WeightFile.Tensor] = []
    /// What is gathered of each batch, by the name of the tensor that keeps it.
    private(set) var gathered: [(tensor: WeightFile.Tensor, next: Graph.Value)] = []
    private let layers: TrainedLayers
    private let tensors: [String: WeightFile.Tensor]

    /// So much of each batch is in what is gathered: PyTorch's habit.
    private static let momentum: Float = 0.1

    /// Writes a network anew for batches of that size.
    init(_ network: Graph, batch: Int, layers: TrainedLayers) throws(WeightFileError) {
        tensors = Dictionary(uniqueKeysWithValues: network.weights.map { ($0.name, $0) })
        graph = ShapedGraph(weights: WeightFile(byName: tensors))
        self.layers = layers
        for port in network.inputs {
            values[port.value] = graph.input(port.value.name, shape: port.shape.map { $0 ?? batch })
        }
        for operation in network.operations { try append(operation) }
    }

    /// What the network has under a name of its own; traps for a name that it does not have.
    subscript(_ name: String) -> Graph.Value {
        guard let value = values[Graph.Value(name: name)] else { preconditionFailure("the network has no \(name)") }
        return value
    }

    /// Continues behind the network, with a loss for example; what comes of active values is active.
    mutating func append<Result>(_ body: (inout ShapedGraph) -> Result) -> Result {
        let start = graph.graph.operations.count
        let result = body(&graph)
        for operation in graph.graph.operations[start...] { noteActivity(of: operation) }
        return result
    }

    /// The bytes of all that active operations give.
    var memory: Int {
        let outputs = graph.graph.operations.flatMap(\.outputs).filter(active.contains)
        return outputs.reduce(0) { $0 + MemoryLayout<Float>.stride * graph.count($1) }
    }

    private mutating func append(_ operation: Graph.Operation) throws(WeightFileError) {
        let inputs = try inputs(of: operation)
        // Where the largest numbers were is only of interest to who wants to go back there.
        let needsPlaces = operation.type == "MaxPool" && inputs.contains(where: active.contains)
        let count = needsPlaces ? 2 : operation.outputs.count
        let attributes = operation.attributes.map { ($0.name, $0.value) }
        let outputs = append { $0.apply(operation.type, inputs, outputs: count, attributes: attributes) }
        for (old, new) in zip(operation.outputs, outputs) { values[old] = new }
    }

    private mutating func inputs(of operation: Graph.Operation) throws(WeightFileError) -> [Graph.Value] {
        var inputs: [Graph.Value] = []
        for input in operation.inputs {
            if inputs.count == 3, normalizesByBatch(operation, inputs) {
                return inputs + statistics(of: inputs[0], gatheredBy: operation)
            }
            inputs.append(try value(of: input))
        }
        return inputs
    }

    private func normalizesByBatch(_ operation: Graph.Operation, _ inputs: [Graph.Value]) -> Bool {
        operation.type == "BatchNormalization" && layers.normalizesByBatch && active.contains(inputs[1])
    }

    private mutating func noteActivity(of operation: Graph.Operation) {
        if operation.inputs.contains(where: active.contains) { active.formUnion(operation.outputs) }
    }

    /// Weights become inputs where they are changed.
    private mutating func value(of old: Graph.Value) throws(WeightFileError) -> Graph.Value {
        if let value = values[old] { return value }
        guard let tensor = tensors[old.name] else { preconditionFailure("nothing gives \(old.name)") }
        guard layers.includes(tensor.name), !tensor.isGathered else {
            return try keep(try graph.weight(tensor.name, shape: tensor.shape), as: old)
        }
        parameters.append(tensor)
        let parameter = graph.input(tensor.name, shape: tensor.shape)
        active.insert(parameter)
        return try keep(parameter, as: old)
    }

    private mutating func keep(_ value: Graph.Value, as old: Graph.Value) throws(WeightFileError) -> Graph.Value {
        values[old] = value
        return value
    }

    /// Mean and variance of the batch; what was gathered before takes in a little of them.
    private mutating func statistics(of input: Graph.Value, gatheredBy operation: Graph.Operation) -> [Graph.Value] {
        let (mean, variance) = append { $0.statistics(of: input) }
        let count = graph.count(input) / graph[input][1]
        gather(mean, in: operation.inputs[3])
        let unbiased = append { $0.multiply(variance, by: Float(count) / Float(max(1, count - 1))) }
        gather(unbiased, in: operation.inputs[4])
        return [mean, variance]
    }

    private mutating func gather(_ statistic: Graph.Value, in old: Graph.Value) {
        guard let tensor = tensors[old.name] else { return }
        let kept = graph.input(tensor.name, shape: tensor.shape)
        let next = graph.add(
            graph.multiply(kept, by: 1 - Self.momentum), graph.multiply(statistic, by: Self.momentum))
        gathered.append((tensor, next))
    }
}

extension WeightFile.Tensor {
    /// Whether it is what a normalization has gathered, and no gradient changes it.
    var isGathered: Bool { name.hasSuffix(".running_mean") || name.hasSuffix(".running_var") }
}

extension ShapedGraph {
    /// The mean and the variance of each channel.
    fileprivate mutating func statistics(of value: Graph.Value) -> (mean: Graph.Value, variance: Graph.Value) {
        let mean = mean(value, over: [0, 2, 3])
        let squares = apply("ReduceSumSquare", value, attributes: [("axes", .ints([0, 2, 3])), ("keepdims", .int(0))])
        let meanSquare = multiply(squares, by: Float(self[value][1]) / Float(count(value)))
        return (mean, subtract(meanSquare, multiply(mean, mean)))
    }
}
