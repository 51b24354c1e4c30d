import Testing
import Vectors

@testable import Training

@Suite struct IdentityBatchesTests {
    @Test func letsIdentitiesMeetThemselves() {
        var (batches, random) = (
            IdentityBatches(of: (0..<90).map { $0 / 3 } + [99], size: 12), LinearCongruence(seed: 1)
        )
        for _ in 0..<20 {
            let batch = batches.next(&random)
            #expect(batch.count == 12 && Set(batch).count == 12 && !batch.contains(90))
            let counts = Dictionary(grouping: batch) { $0 / 3 }.mapValues(\.count)
            #expect(counts.values.filter { $0 == 1 }.count <= 1)
        }
        #expect(batches.count == 7)
    }

    @Test func comesBackToEachBeforeAnyIsForgotten() {
        var (batches, random) = (IdentityBatches(of: (0..<40).map { $0 / 2 }, size: 8), LinearCongruence(seed: 2))
        #expect(Set((0..<5).flatMap { _ in batches.next(&random) }).count == 40)
    }

    @Test func givesEachOfFewItsShare() {
        var (batches, random) = (IdentityBatches(of: (0..<200).map { $0 % 4 }, size: 40), LinearCongruence(seed: 1))
        let counts = Dictionary(grouping: batches.next(&random)) { $0 % 4 }.mapValues(\.count)
        #expect(counts == [0: 10, 1: 10, 2: 10, 3: 10])
    }
}
