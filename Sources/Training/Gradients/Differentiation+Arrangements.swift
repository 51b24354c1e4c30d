import Networks

// Numbers that are laid out in another way, and are what they were.
extension Differentiation {
    static let arrangements: [String: Rule] = [
        "Flatten": { $0.reshaping($1, $2) },
        "Reshape": { $0.reshaping($1, $2) },
        "Transpose": { tape, operation, upstream in
            let order = operation.ints("perm") ?? []
            let inverse = order.indices.map { axis in order.firstIndex(of: axis) ?? axis }
            tape.pass(to: operation.inputs[0]) { $0.transpose(upstream, inverse) }
        },
        "Concat": { tape, operation, upstream in
            let axis = operation.int("axis") ?? 0
            var start = 0
            for input in operation.inputs {
                let end = start + tape.graph[input][axis]
                let (from, to) = (start, end)
                tape.pass(to: input) { $0.slice(upstream, axes: [axis], from: [from], to: [to]) }
                start = end
            }
        },
    ]

    private mutating func reshaping(_ operation: Graph.Operation, _ upstream: Graph.Value) {
        pass(to: operation.inputs[0]) { $0.reshape(upstream, to: $0[operation.inputs[0]]) }
    }
}
