import Foundation

extension TransportProblem {
    /// A plan that is nearly the cheapest, in a hundredth of the time.
    ///
    /// Among plans of nearly the same cost the most even one (Cuturi 2013): its scaling is iterated, and what the marginals are
    /// then off is moved wherever there is room (Altschuler et al. 2017, algorithm 2), so that the cost is never below that
    /// of the cheapest plan. `temperature` is the cost that hardly counts, of the greatest one.
    public func nearlySolved(temperature: Double = 0.02, iterations: Int = 60) -> TransportPlan {
        let scaling = EntropicScaling(
            self, temperature: temperature * max(costs.max() ?? 0, 1e-9), iterations: iterations)
        return TransportPlan(rounded(scaling.flows), of: self)
    }

    /// Flows that move exactly what there is to where it is wanted.
    private func rounded(_ flows: [Double]) -> [Double] {
        let (rows, columns) = (supplies.count, demands.count)
        var flows = flows
        for row in 0..<rows {
            let sum = flows[row * columns..<(row + 1) * columns].reduce(0, +)
            guard sum > supplies[row] else { continue }
            for column in 0..<columns { flows[row * columns + column] *= supplies[row] / sum }
        }
        var (missing, open) = (supplies, demands)
        for column in 0..<columns {
            let sum = (0..<rows).reduce(0) { $0 + flows[$1 * columns + column] }
            guard sum > demands[column] else { continue }
            for row in 0..<rows { flows[row * columns + column] *= demands[column] / sum }
        }
        for row in 0..<rows {
            for column in 0..<columns {
                missing[row] -= flows[row * columns + column]
                open[column] -= flows[row * columns + column]
            }
        }
        let total = missing.reduce(0) { $0 + max(0, $1) }
        guard total > 0 else { return flows }
        for row in 0..<rows where missing[row] > 0 {
            for column in 0..<columns where open[column] > 0 {
                flows[row * columns + column] += missing[row] * open[column] / total
            }
        }
        return flows
    }
}
