import CKernels
import Foundation

/// The most even flows among those that cost nearly the least (Cuturi 2013), as far as so many iterations come.
struct EntropicScaling {
    /// In rows as the costs; what is wanted arrives, and nearly what there is leaves.
    let flows: [Double]

    /// `temperature` is a cost that hardly counts.
    init(_ problem: TransportProblem, temperature: Double, iterations: Int) {
        let (rows, columns) = (problem.supplies.count, problem.demands.count)
        let kernel = Self.kernel(problem, temperature)
        let transposed = (0..<columns).flatMap { column in (0..<rows).map { kernel[$0 * columns + column] } }
        let (supplies, demands) = (problem.supplies.map(Float.init), problem.demands.map(Float.init))
        var (rowScales, columnScales) = ([Float](repeating: 1, count: rows), [Float](repeating: 1, count: columns))
        for _ in 0..<iterations {
            rowScales = Self.quotients(supplies, Self.sum(of: transposed, times: columnScales, count: rows))
            columnScales = Self.quotients(demands, Self.sum(of: kernel, times: rowScales, count: columns))
        }
        flows = rowScales.enumerated().flatMap { row, scale in
            zip(kernel[row * columns..<(row + 1) * columns], columnScales).map { Double(scale * $0 * $1) }
        }
    }

    /// Between 0 and 1, and 1 where a row is cheapest: a factor for a whole row changes nothing.
    private static func kernel(_ problem: TransportProblem, _ temperature: Double) -> [Float] {
        let columns = problem.demands.count
        return problem.supplies.indices.flatMap { row in
            let costs = problem.costs[row * columns..<(row + 1) * columns]
            let least = costs.min() ?? 0
            return costs.map { expf(Float((least - $0) / temperature)) }
        }
    }

    /// Of rows of `count` numbers, each times its factor.
    private static func sum(of rows: [Float], times factors: [Float], count: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { sum, filled in
            ck_weighted_sum(rows, factors, factors.count, count, sum.baseAddress!)
            filled = count
        }
    }

    private static func quotients(_ numbers: [Float], _ divisors: [Float]) -> [Float] {
        zip(numbers, divisors).map { $0 / max($1, .leastNormalMagnitude) }
    }
}
