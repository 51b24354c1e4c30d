import Networks

// Matrices that are multiplied.
extension Differentiation {
    static let products: [String: Rule] = [
        "Gemm": { $0.product($1, $2) },
        "MatMul": { tape, operation, upstream in
            let (left, right) = (operation.inputs[0], operation.inputs[1])
            tape.pass(to: left) { $0.product(upstream, right, transposingRight: true) }
            tape.pass(to: right) { $0.product(left, upstream, transposingLeft: true) }
        },
    ]

    /// Of rows with weights, and a bias for all rows where there is one.
    private mutating func product(_ operation: Graph.Operation, _ upstream: Graph.Value) {
        let (left, right) = (operation.inputs[0], operation.inputs[1])
        let (isLeftTransposed, isRightTransposed) = (operation.int("transA") == 1, operation.int("transB") == 1)
        pass(to: left) {
            isLeftTransposed
                ? $0.product(right, upstream, transposingLeft: isRightTransposed, transposingRight: true)
                : $0.product(upstream, right, transposingRight: !isRightTransposed)
        }
        pass(to: right) {
            isRightTransposed
                ? $0.product(upstream, left, transposingLeft: true, transposingRight: isLeftTransposed)
                : $0.product(left, upstream, transposingLeft: !isLeftTransposed)
        }
        if operation.inputs.count > 2 { pass(to: operation.inputs[2]) { $0.sum(upstream, over: [0]) } }
    }
}

extension ShapedGraph {
    /// Of two matrices.
    mutating func product(
        _ left: Graph.Value, _ right: Graph.Value, transposingLeft: Bool = false, transposingRight: Bool = false
    ) -> Graph.Value {
        let attributes: [(String, Graph.Attribute)] = [
            ("transA", .int(transposingLeft ? 1 : 0)), ("transB", .int(transposingRight ? 1 : 0)),
        ]
        return apply("Gemm", left, right, attributes: attributes)
    }
}
