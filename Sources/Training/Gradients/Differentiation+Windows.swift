import Networks

// Places of a picture that are looked at through a window.
extension Differentiation {
    static let windows: [String: Rule] = [
        "Conv": { $0.convolution($1, $2) },
        "MaxPool": { tape, operation, upstream in
            tape.pass(to: operation.inputs[0]) { $0.scattered(upstream, to: operation) }
        },
        "AveragePool": { tape, operation, upstream in
            tape.pass(to: operation.inputs[0]) { $0.spread(upstream, under: operation) }
        },
        "Resize": { tape, operation, upstream in
            tape.pass(to: operation.inputs[0]) { $0.summed(upstream, whereEnlargedBy: operation) }
        },
    ]
}

extension ShapedGraph {
    /// What is known of the largest number under each window goes to where that number was.
    fileprivate mutating func scattered(_ upstream: Graph.Value, to pooling: Graph.Operation) -> Graph.Value {
        precondition(pooling.outputs.count == 2, "\(pooling.output.name) does not say where its numbers were")
        let input = pooling.inputs[0]
        let zeros = apply("ConstantOfShape", constant([count(input)]))
        let (places, changes) = (reshape(pooling.outputs[1], to: [-1]), reshape(upstream, to: [-1]))
        let scattered = apply(
            "ScatterElements", zeros, places, changes, attributes: [("axis", .int(0)), ("reduction", .string("add"))])
        return reshape(scattered, to: self[input])
    }

    /// Each number under a window changes the mean as much.
    fileprivate mutating func spread(_ upstream: Graph.Value, under pooling: Graph.Operation) -> Graph.Value {
        let shape = self[pooling.inputs[0]]
        let window = Window(pooling, over: Array(shape[2...]))
        precondition(
            pooling.int("count_include_pad") == 1 || window.pads.allSatisfy { $0 == 0 },
            "\(pooling.output.name) has means of different numbers at the edges")
        let share = 1 / Float(window.kernel.reduce(1, *))
        let weights = constant([Float](repeating: share, count: shape[1] * window.kernel.reduce(1, *)))
        return looking(
            back: upstream, through: reshape(weights, to: [shape[1], 1] + window.kernel), window, groups: shape[1])
    }

    /// What became several places is changed by all of them.
    fileprivate mutating func summed(_ upstream: Graph.Value, whereEnlargedBy resize: Graph.Operation) -> Graph.Value {
        let (small, large) = (self[resize.inputs[0]], self[resize.output])
        let factors = [large[2] / small[2], large[3] / small[3]]
        precondition(
            resize.string("mode") == "nearest" && zip(factors, small[2...]).map(*) == Array(large[2...]),
            "\(resize.output.name) does more than repeating places")
        let window: [(String, Graph.Attribute)] = [("kernel_shape", .ints(factors)), ("strides", .ints(factors))]
        return multiply(
            apply("AveragePool", upstream, attributes: window), by: Float(factors.reduce(1, *)))
    }
}
