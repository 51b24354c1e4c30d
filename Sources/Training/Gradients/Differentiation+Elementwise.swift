import Networks

// What is done to each number by itself, or to numbers that stand in the same place.
extension Differentiation {
    static let elementwise: [String: Rule] = [
        "Identity": { tape, operation, upstream in tape.pass(to: operation.inputs[0]) { _ in upstream } },
        "Add": { tape, operation, upstream in
            for input in operation.inputs { tape.passBroadcast(to: input) { _ in upstream } }
        },
        "Sub": { tape, operation, upstream in
            tape.passBroadcast(to: operation.inputs[0]) { _ in upstream }
            tape.passBroadcast(to: operation.inputs[1]) { $0.apply("Neg", upstream) }
        },
        "Mul": { tape, operation, upstream in
            let (left, right) = (operation.inputs[0], operation.inputs[1])
            tape.passBroadcast(to: left) { $0.multiply(upstream, right) }
            tape.passBroadcast(to: right) { $0.multiply(upstream, left) }
        },
        "Div": { tape, operation, upstream in
            let divisor = operation.inputs[1]
            tape.passBroadcast(to: operation.inputs[0]) { $0.apply("Div", upstream, divisor) }
            tape.passBroadcast(to: divisor) {
                let change = $0.apply("Div", $0.multiply(upstream, operation.output), divisor)
                return $0.apply("Neg", change)
            }
        },
        "Neg": { tape, operation, upstream in tape.pass(to: operation.inputs[0]) { $0.apply("Neg", upstream) } },
        "Exp": { tape, operation, upstream in
            tape.pass(to: operation.inputs[0]) { $0.multiply(upstream, operation.output) }
        },
        "Log": { tape, operation, upstream in
            tape.pass(to: operation.inputs[0]) { $0.apply("Div", upstream, operation.inputs[0]) }
        },
        "Sqrt": { tape, operation, upstream in
            tape.pass(to: operation.inputs[0]) {
                $0.apply("Div", $0.multiply(upstream, by: 0.5), operation.output)
            }
        },
        "Sigmoid": { tape, operation, upstream in
            tape.pass(to: operation.inputs[0]) {
                let slope = $0.multiply(operation.output, $0.subtract($0.constant(1), operation.output))
                return $0.multiply(upstream, slope)
            }
        },
        // As PyTorch has it, nothing changes with what is exactly at the corner.
        "Relu": { tape, operation, upstream in
            tape.pass(to: operation.inputs[0]) { $0.multiply(upstream, $0.mask(operation.output)) }
        },
        "Clip": { tape, operation, upstream in
            let (least, most) = (operation.inputs[1], operation.inputs[2])
            tape.pass(to: operation.inputs[0]) {
                let above = $0.apply("Greater", operation.output, least)
                let below = $0.apply("Less", operation.output, most)
                return $0.multiply(upstream, $0.number($0.apply("And", above, below)))
            }
        },
    ]

    /// The same for a value that stood in several places at once, of which it is the sum.
    private mutating func passBroadcast(to value: Graph.Value, _ gradient: (inout ShapedGraph) -> Graph.Value) {
        pass(to: value) { graph in
            let wide = gradient(&graph)
            let (shape, target) = (graph[wide], graph[value])
            let missing = shape.count - target.count
            let axes = shape.indices.filter { $0 < missing || target[$0 - missing] == 1 && shape[$0] != 1 }
            guard !axes.isEmpty else { return graph.reshape(wide, to: target) }
            return graph.reshape(graph.sum(wide, over: axes), to: target)
        }
    }
}

extension ShapedGraph {
    /// 1 where there is anything, and else 0; faster than a sign.
    fileprivate mutating func mask(_ value: Graph.Value) -> Graph.Value {
        number(apply("Cast", value, attributes: [("to", .int(Self.bool))]))
    }

    /// 1 for what is true, and else 0.
    fileprivate mutating func number(_ truth: Graph.Value) -> Graph.Value {
        apply("Cast", truth, attributes: [("to", .int(Self.float))])
    }

    /// Types of numbers as ONNX counts them.
    private static let (float, bool) = (1, 9)
}
