import Testing

@testable import Inference

@Suite struct CudaBatchTests {
    @Test(arguments: [(1, 8), (4, 16), (6, 16), (8, 32), (12, 32), (16, 64), (24, 64), (80, 64)])
    func isAsLargeAsAQuarterOfTheMemoryAllowsWithinBounds(gigabytes: Int, size: Int) {
        #expect(CudaBatch.size(memory: gigabytes << 30) == size)
    }

    @Test func isNeverLargerOnASmallerCard() {
        let sizes = stride(from: 0, through: 32 << 30, by: 100 << 20).map(CudaBatch.size)
        #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test(arguments: [
        (0, []), (1, [1]), (7, [4, 2, 1]), (8, [8]), (24, [16, 8]), (56, [32, 16, 8]), (64, [64]),
        (150, [64, 64, 16, 4, 2]),
    ])
    func isComputedInRunsOfAFewSizes(count: Int, runs: [Int]) {
        #expect(CudaBatch.runs(of: count, upTo: 64) == runs)
    }

    @Test(arguments: [8, 16, 32, 64])
    func runsHoldEachPhotoOnce(size: Int) {
        for count in 0...200 {
            let runs = CudaBatch.runs(of: count, upTo: size)
            #expect(runs.reduce(0, +) == count)
            #expect(runs.allSatisfy { $0 <= size && $0.nonzeroBitCount == 1 })
        }
    }
}
