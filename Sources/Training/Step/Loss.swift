import Networks

/// What training makes smaller: how far a network is from what is wanted of it.
public enum Loss: Sendable, Hashable {
    /// The mean squared difference from numbers of the same shape, which each step is given as `target`.
    case squaredError
    /// How improbable vectors of one identity are to be one another's nearest, among all of the batch: supervised contrastive
    /// (Khosla et al. 2020, equation 2), at so low a temperature.
    ///
    /// Each step is given `identical`, one row a photo: what share of it each of the others has, those of the same identity the same
    /// and all others none; and `itself`, where a photo meets itself, a number far below 0, and else 0.
    case contrastive(temperature: Float)

    /// The names of what a step is given for it.
    public static let (target, identical, itself) = ("target", "identical", "itself")

    func write(behind output: String, of pass: inout ForwardPass) -> Graph.Value {
        let value = pass[output]
        return switch self {
        case .squaredError: pass.append { $0.squaredError(of: value) }
        case .contrastive(let temperature): pass.append { $0.contrast(value, temperature: temperature) }
        }
    }
}

extension ShapedGraph {
    fileprivate mutating func squaredError(of value: Graph.Value) -> Graph.Value {
        let target = input(Loss.target, shape: self[value])
        let difference = subtract(value, target)
        return mean(multiply(difference, difference), over: Array(self[value].indices))
    }

    /// Of vectors in rows.
    fileprivate mutating func contrast(_ value: Graph.Value, temperature: Float) -> Graph.Value {
        let count = self[value][0]
        let directions = normalized(value)
        let similarities = product(directions, directions, transposingRight: true)
        let scores = add(
            multiply(similarities, by: 1 / temperature), input(Loss.itself, shape: [count, count]))
        let probabilities = apply("LogSoftmax", scores, attributes: [("axis", .int(1))])
        let wanted = multiply(probabilities, input(Loss.identical, shape: [count, count]))
        return multiply(sum(wanted, over: [0, 1]), by: -1 / Float(count))
    }

    /// Rows of length one.
    mutating func normalized(_ rows: Graph.Value) -> Graph.Value {
        let squares = sum(multiply(rows, rows), over: [1], keepingAxes: true)
        return apply("Div", rows, apply("Sqrt", add(squares, constant(1e-12))))
    }
}
