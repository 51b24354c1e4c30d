import Networks

/// How weights are changed by their gradients.
public enum Optimizer: Sendable, Hashable {
    /// Stochastic gradient descent that keeps going where it went (Sutskever et al. 2013; as PyTorch has it).
    case momentum(Float)
    /// Steps as long as each weight's own gradients make them, and weights that fade (Loshchilov & Hutter 2019, algorithm 2).
    case adamW(decay: Float)

    /// What is remembered of each weight from step to step, by how its name ends.
    var memories: [String] {
        switch self {
        case .momentum: ["velocity"]
        case .adamW: ["mean", "square"]
        }
    }

    private static let (meanShare, squareShare): (Float, Float) = (0.9, 0.999)
    private static let epsilon: Float = 1e-8

    /// The next weight, and what is remembered of it then. `rate` is how long steps are, one number; `correction` are two: what the
    /// memories lack of their full size, since they began with nothing.
    func update(
        _ weight: Graph.Value, by gradient: Graph.Value, memories: [Graph.Value], rate: Graph.Value,
        correction: Graph.Value,
        in graph: inout ShapedGraph
    ) -> (weight: Graph.Value, memories: [Graph.Value]) {
        switch self {
        case .momentum(let share):
            let velocity = graph.add(graph.multiply(memories[0], by: share), gradient)
            return (graph.subtract(weight, graph.multiply(velocity, rate)), [velocity])
        case .adamW(let decay):
            let mean = graph.blend(memories[0], gradient, share: Self.meanShare)
            let square = graph.blend(memories[1], graph.multiply(gradient, gradient), share: Self.squareShare)
            let corrections = [0, 1].map { graph.slice(correction, axes: [0], from: [$0], to: [$0 + 1]) }
            let deviation = graph.apply("Sqrt", graph.apply("Div", square, corrections[1]))
            let step = graph.apply(
                "Div", graph.apply("Div", mean, corrections[0]), graph.add(deviation, graph.constant(Self.epsilon)))
            let faded = graph.multiply(weight, graph.subtract(graph.constant(1), graph.multiply(rate, by: decay)))
            return (graph.subtract(faded, graph.multiply(step, rate)), [mean, square])
        }
    }

    /// What the memories lack of their full size at a step, counted from 1.
    func correction(at step: Int) -> [Float] {
        [Self.meanShare, Self.squareShare].map { share in
            1 - (0..<step).reduce(Float(1)) { product, _ in product * share }
        }
    }
}

extension ShapedGraph {
    fileprivate mutating func blend(_ old: Graph.Value, _ new: Graph.Value, share: Float) -> Graph.Value {
        add(multiply(old, by: share), multiply(new, by: 1 - share))
    }
}
