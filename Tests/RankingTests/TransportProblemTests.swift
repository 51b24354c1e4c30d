import Foundation
import Ranking
import SystemPackage
import TestSupport
import Testing

@Suite struct TransportProblemTests {
    private struct Golden: Decodable {
        let supplies, demands, costs: [Double]
        let cost: Double

        var problem: TransportProblem { TransportProblem(supplies: supplies, demands: demands, costs: costs) }
    }

    /// `LOOKALIKE_TRANSPORT` may name more problems (Scripts/make-transport-goldens.py --many).
    private func goldens() throws -> [Golden] {
        let more = ProcessInfo.processInfo.environment["LOOKALIKE_TRANSPORT"].map { FilePath($0) }
        return try golden(
            [Golden].self, at: more ?? projectFolder.appending("Tests/RankingTests/Goldens/transport.json"))
    }

    private func problem(_ rows: Int, _ columns: Int, _ random: inout SeededRandom) -> TransportProblem {
        func numbers(_ count: Int) -> [Double] { (0..<count).map { _ in Double.random(in: 0...1, using: &random) } }
        return TransportProblem(
            supplies: numbers(rows).map { $0 + 0.01 }, demands: numbers(columns).map { $0 + 0.01 },
            costs: numbers(rows * columns))
    }

    /// Points in a plane and the distances between them.
    private func planar(_ count: Int, _ random: inout SeededRandom) -> [(x: Double, y: Double)] {
        (0..<count).map { _ in (Double.random(in: 0...1, using: &random), Double.random(in: 0...1, using: &random)) }
    }

    private func distances(_ left: [(x: Double, y: Double)], _ right: [(x: Double, y: Double)]) -> [Double] {
        left.flatMap { from in right.map { hypot(from.x - $0.x, from.y - $0.y) } }
    }

    private func moves(_ plan: TransportPlan, what problem: TransportProblem, within error: Double) -> Bool {
        let (rows, columns) = (problem.supplies.count, problem.demands.count)
        let leaves = (0..<rows).map { plan.flows[$0 * columns..<($0 + 1) * columns].reduce(0, +) }
        let arrives = (0..<columns).map { column in (0..<rows).reduce(0) { $0 + plan.flows[$1 * columns + column] } }
        return plan.flows.allSatisfy { $0 >= 0 }
            && zip(leaves, problem.supplies).allSatisfy { abs($0 - $1) <= error }
            && zip(arrives, problem.demands).allSatisfy { abs($0 - $1) <= error }
    }

    @Test func costsWhatLinearProgrammingSays() throws {
        for golden in try goldens() {
            let plan = golden.problem.solved()
            #expect(abs(plan.cost - golden.cost) < 1e-6)
            #expect(moves(plan, what: golden.problem, within: 1e-12))
        }
    }

    /// Of equal masses some assignment is cheapest.
    @Test(arguments: 1...5)
    func costsNoMoreThanAnyAssignment(count: Int) {
        var random = SeededRandom(seed: UInt64(count))
        for _ in 0..<20 {
            let costs = (0..<count * count).map { _ in Double(Int.random(in: 0...9, using: &random)) }
            let even = [Double](repeating: 1, count: count)
            let problem = TransportProblem(supplies: even, demands: even, costs: costs)
            let best = permutations(Array(0..<count)).map { order in
                order.enumerated().reduce(0) { $0 + costs[$1.offset * count + $1.element] }
            }.min()
            #expect(abs(problem.solved().cost * Double(count) - (best ?? -1)) < 1e-9)
        }
    }

    private func permutations(_ items: [Int]) -> [[Int]] {
        guard let first = items.first else { return [[]] }
        return permutations(Array(items.dropFirst())).flatMap { rest in
            (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) }
        }
    }

    @Test func isADistanceWhereCostsAre() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<30 {
            let places = (0..<3).map { _ in planar(Int.random(in: 1...7, using: &random), &random) }
            let masses = places.map { $0.map { _ in Double.random(in: 0.1...1, using: &random) } }
            func distance(_ from: Int, _ to: Int) -> Double {
                TransportProblem(
                    supplies: masses[from], demands: masses[to], costs: distances(places[from], places[to])
                ).solved().cost
            }
            #expect(distance(0, 0) < 1e-12)
            #expect(abs(distance(0, 1) - distance(1, 0)) < 1e-12)
            #expect(distance(0, 2) <= distance(0, 1) + distance(1, 2) + 1e-12)
        }
    }

    @Test func isTheSameTheOtherWayRoundAndForScaledMasses() {
        var random = SeededRandom(seed: 9)
        for size in [(1, 1), (1, 6), (5, 3), (20, 20)] {
            let problem = problem(size.0, size.1, &random)
            #expect(abs(problem.solved().cost - problem.reversed.solved().cost) < 1e-12)
            #expect(problem.reversed.reversed.costs == problem.costs)
            let scaled = TransportProblem(
                supplies: problem.supplies.map { $0 * 3 }, demands: problem.demands.map { $0 * 5 }, costs: problem.costs
            )
            #expect(abs(scaled.solved().cost - problem.solved().cost) < 1e-12)
        }
    }

    @Test func liesBetweenItsBoundAndWhatIsFoundFast() throws {
        var random = SeededRandom(seed: 11)
        for size in [(1, 1), (1, 9), (7, 4), (30, 30), (49, 49)] {
            for _ in 0..<5 {
                let problem = problem(size.0, size.1, &random)
                let (exact, fast) = (problem.solved(), problem.nearlySolved())
                #expect(problem.lowerBound <= exact.cost + 1e-12)
                #expect(exact.cost <= fast.cost + 1e-9)
                #expect(moves(fast, what: problem, within: 1e-9))
            }
        }
    }

    @Test func isNearlyAsCheapFast() {
        var random = SeededRandom(seed: 13)
        for count in [8, 30, 49] {
            let places = (0..<2).map { _ in planar(count, &random) }
            let even = [Double](repeating: 1, count: count)
            let problem = TransportProblem(supplies: even, demands: even, costs: distances(places[0], places[1]))
            #expect(problem.nearlySolved().cost < problem.solved().cost + 0.02)
        }
    }

    @Test func takesPlacesWithNothing() {
        let problem = TransportProblem(
            supplies: [0, 1, 0], demands: [0.5, 0, 0.5], costs: [9, 9, 9, 1, 9, 3, 9, 9, 9])
        for plan in [problem.solved(), problem.nearlySolved()] {
            #expect(abs(plan.cost - 2) < 1e-6 && moves(plan, what: problem, within: 1e-9))
        }
    }
}
