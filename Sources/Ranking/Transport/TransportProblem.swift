/// Masses that are to be moved to other places, and what moving costs: the earth mover's distance is what it costs at least
/// (Rubner, Tomasi & Guibas 2000).
public struct TransportProblem: Sendable, Hashable {
    /// What lies in each place; all of it together is 1.
    public let supplies: [Double]
    /// What is wanted in each place; all of it together is 1.
    public let demands: [Double]
    /// Of moving one unit of mass: a row for each supply, a column for each demand. None is negative.
    public let costs: [Double]

    /// Masses may have any sum above zero, and are divided by it. Traps for negative masses or costs, and unless there is a
    /// cost for each pair of places.
    public init(supplies: [Double], demands: [Double], costs: [Double]) {
        precondition(costs.count == supplies.count * demands.count && costs.allSatisfy { $0 >= 0 })
        self.supplies = supplies.normalized
        self.demands = demands.normalized
        self.costs = costs
    }

    /// The same the other way round.
    public var reversed: TransportProblem {
        let transposed = demands.indices.flatMap { column in
            supplies.indices.map { costs[$0 * demands.count + column] }
        }
        return TransportProblem(supplies: demands, demands: supplies, costs: transposed)
    }

    /// What it costs at least, found without solving it: each mass goes where it is cheapest, whatever else goes there (Kusner
    /// et al. 2015, relaxed word mover's distance).
    public var lowerBound: Double { max(relaxedCost, reversed.relaxedCost) }

    private var relaxedCost: Double {
        supplies.indices.reduce(0) { sum, row in
            sum + supplies[row] * (costs[row * demands.count..<(row + 1) * demands.count].min() ?? 0)
        }
    }
}

/// Which mass goes where.
public struct TransportPlan: Sendable, Hashable {
    /// In rows as the costs of the problem.
    public let flows: [Double]
    /// Of all flows together.
    public let cost: Double

    init(_ flows: [Double], of problem: TransportProblem) {
        self.flows = flows
        cost = zip(flows, problem.costs).reduce(0) { $0 + $1.0 * $1.1 }
    }
}

extension [Double] {
    fileprivate var normalized: [Double] {
        let total = reduce(0, +)
        precondition(total > 0 && allSatisfy { $0 >= 0 })
        return map { $0 / total }
    }
}
