import Networks

extension Differentiation {
    /// Where mean and variance are those of the batch itself, they change with what is normalized, and not otherwise.
    mutating func normalization(_ operation: Graph.Operation, _ upstream: Graph.Value) {
        let isOfBatch = isActive(operation.inputs[3])
        let parts = write { NormalizationParts(operation, upstream, in: &$0) }
        pass(to: operation.inputs[2]) { _ in parts.shift }
        let gain = isOfBatch || isActive(operation.inputs[1]) ? write { parts.gain(in: &$0) } : nil
        if let gain { pass(to: operation.inputs[1]) { _ in gain } }
        pass(to: operation.inputs[0]) { graph in
            guard isOfBatch, let gain else { return parts.scaled(in: &graph) }
            return parts.centred(by: gain, in: &graph)
        }
    }
}

/// What the gradients of a batch normalization are made of (Ioffe & Szegedy 2015, section 3), each one number a channel.
private struct NormalizationParts {
    let operation: Graph.Operation
    let upstream: Graph.Value
    /// The sum of what is known of a channel: how much the loss changes with its shift.
    let shift: Graph.Value
    /// One over the deviation.
    let steepness: Graph.Value

    private var input: Graph.Value { operation.inputs[0] }
    private var mean: Graph.Value { operation.inputs[3] }

    init(_ operation: Graph.Operation, _ upstream: Graph.Value, in graph: inout ShapedGraph) {
        (self.operation, self.upstream) = (operation, upstream)
        shift = graph.sum(upstream, over: [0, 2, 3])
        let epsilon = graph.constant(operation.float("epsilon") ?? 1e-5)
        let deviation = graph.apply("Sqrt", graph.add(operation.inputs[4], epsilon))
        steepness = graph.apply("Div", graph.constant(1), deviation)
    }

    /// The sum of what is known, times what was normalized.
    func gain(in graph: inout ShapedGraph) -> Graph.Value {
        let products = graph.sum(graph.multiply(upstream, input), over: [0, 2, 3])
        return graph.multiply(steepness, graph.subtract(products, graph.multiply(mean, shift)))
    }

    /// With statistics that nothing changes.
    func scaled(in graph: inout ShapedGraph) -> Graph.Value {
        let factor = graph.multiply(operation.inputs[1], steepness)
        return graph.scaled(upstream, by: factor, adding: nil)
    }

    /// Without what only moves or stretches the whole channel, since the normalization takes that away.
    func centred(by gain: Graph.Value, in graph: inout ShapedGraph) -> Graph.Value {
        let share = 1 / Float(graph.count(input) / graph[input][1])
        let factor = graph.multiply(operation.inputs[1], steepness)
        let stretch = graph.multiply(graph.multiply(factor, steepness), graph.multiply(gain, by: -share))
        let moved = graph.add(graph.multiply(factor, graph.multiply(shift, by: share)), graph.multiply(stretch, mean))
        let own = graph.scaled(input, by: stretch, adding: graph.apply("Neg", moved))
        return graph.add(own, graph.scaled(upstream, by: factor, adding: nil))
    }
}

extension ShapedGraph {
    /// Each channel times a number, and plus another: as a normalization by known statistics, which is one pass.
    fileprivate mutating func scaled(_ value: Graph.Value, by factor: Graph.Value, adding shift: Graph.Value?)
        -> Graph.Value
    {
        let channels = self[factor][0]
        let zeros = constant([Float](repeating: 0, count: channels))
        let ones = constant([Float](repeating: 1, count: channels))
        return apply(
            "BatchNormalization", value, factor, shift ?? zeros, zeros, ones, attributes: [("epsilon", .float(0))])
    }
}
