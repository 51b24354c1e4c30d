import Evaluation
import SystemPackage
import TestSupport
import Testing

@Suite struct JudgementTests {
    private struct Golden: Decodable {
        let found: String
        let relevant: Int
        let values: [String: Double]

        var judgement: Judgement { Judgement(found.map { $0 == "1" }, of: relevant) }
    }

    @Test func agreesWithTrecEval() throws {
        let goldens = try golden(
            [Golden].self, at: projectFolder.appending("Tests/EvaluationTests/Goldens/measures.json"))
        #expect(goldens.count == 300)
        for golden in goldens {
            for measure in Measure.allCases {
                let expected = try #require(golden.values[measure.rawValue])
                #expect(abs(measure.value(of: golden.judgement) - expected) < 1e-9, "\(measure) of \(golden.found)")
            }
            #expect(abs(golden.judgement.averagePrecision() - golden.values["map", default: 2]) < 1e-9)
        }
    }

    @Test func isOneAtBestAndZeroAtWorst() {
        for count in [1, 4, 10, 50] {
            let best = Judgement(Array(repeating: true, count: min(count, 10)), of: count)
            let worst = Judgement(Array(repeating: false, count: 10), of: count)
            for measure in Measure.allCases where measure != .precisionAt5 || count >= 5 {
                #expect(abs(measure.value(of: best) - 1) < 1e-12)
                #expect(measure.value(of: worst) == 0)
            }
        }
    }

    @Test func isNoBetterWhereSomethingRelevantMovesBack() {
        var random = SeededRandom(seed: 1)
        for _ in 0..<200 {
            var found = (0..<12).map { _ in Bool.random(using: &random) }
            found[3] = true
            let before = Judgement(found, of: 12)
            guard let gap = found.indices.dropFirst(4).first(where: { !found[$0] }) else { continue }
            found.swapAt(3, gap)
            let after = Judgement(found, of: 12)
            for measure in Measure.allCases { #expect(measure.value(of: after) <= measure.value(of: before)) }
        }
    }
}
