import Networks

// Many numbers that become one.
extension Differentiation {
    static let reductions: [String: Rule] = [
        "ReduceSum": { tape, operation, upstream in
            let axes = operation.inputs.count > 1 ? tape.graph.integers(operation.inputs[1]) : nil
            tape.spread(operation, upstream, over: axes)
        },
        "ReduceMean": { $0.spread($1, $2, over: $1.ints("axes"), dividing: true) },
        "GlobalAveragePool": { $0.spread($1, $2, over: [2, 3], dividing: true) },
        "Softmax": { tape, operation, upstream in
            let axis = operation.int("axis") ?? -1
            tape.pass(to: operation.inputs[0]) {
                let share = operation.output
                let axes = [axis < 0 ? axis + $0[share].count : axis]
                let mean = $0.sum($0.multiply(upstream, share), over: axes, keepingAxes: true)
                return $0.multiply(share, $0.subtract(upstream, mean))
            }
        },
        "LogSoftmax": { tape, operation, upstream in
            let axis = operation.int("axis") ?? -1
            tape.pass(to: operation.inputs[0]) {
                let share = $0.apply("Exp", operation.output)
                let axes = [axis < 0 ? axis + $0[share].count : axis]
                let sum = $0.sum(upstream, over: axes, keepingAxes: true)
                return $0.subtract(upstream, $0.multiply(share, sum))
            }
        },
    ]

    /// Each of the numbers changes the one that they became as much.
    private mutating func spread(
        _ operation: Graph.Operation, _ upstream: Graph.Value, over axes: [Int]?, dividing: Bool = false
    ) {
        let input = operation.inputs[0]
        pass(to: input) { graph in
            let shape = graph[input]
            let axes = Set(axes ?? Array(shape.indices))
            let count = axes.reduce(1) { $0 * shape[$1] }
            let share = dividing ? graph.multiply(upstream, by: 1 / Float(count)) : upstream
            let kept = shape.indices.map { axes.contains($0) ? 1 : shape[$0] }
            return graph.apply("Expand", graph.reshape(share, to: kept), graph.constant(shape))
        }
    }
}
