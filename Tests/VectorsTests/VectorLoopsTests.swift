import CKernels
import Foundation
import TestSupport
import Testing

@testable import Vectors

/// Every kind of instructions that this processor has, against plain arithmetic.
@Suite struct VectorLoopsTests {
    static let lengths = [0, 1, 3, 15, 16, 17, 31, 33, 64, 100, 257, 1280, 4095]

    @Test func endWithThoseForEveryProcessor() {
        #expect(!VectorLoops.available.isEmpty)
        #expect(ck_vector_loops_for(ck_portable) != nil)
    }

    @Test(arguments: lengths)
    func multiplyVectors(length: Int) {
        var random = SeededRandom(seed: UInt64(length))
        for loops in VectorLoops.available {
            // One number later, so that nothing is aligned.
            let left = Embedding.random(length + 1, &random).values
            let right = Embedding.random(length + 1, &random).values
            let pairs = zip(left, right).dropFirst().map { (Double($0), Double($1)) }
            let (product, square) = left.withUnsafeBufferPointer { left in
                right.withUnsafeBufferPointer { right in
                    var (product, square) = (0.0, 0.0)
                    loops.products(left.baseAddress! + 1, right.baseAddress! + 1, length, &product, &square)
                    let distance = loops.squared_distance(left.baseAddress! + 1, right.baseAddress! + 1, length)
                    #expect(
                        abs(distance - pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }) < 1e-12
                            * Double(length + 1))
                    return (product, square)
                }
            }
            #expect(abs(product - pairs.reduce(0) { $0 + $1.0 * $1.1 }) < 1e-13 * Double(length + 1))
            #expect(abs(square - pairs.reduce(0) { $0 + $1.1 * $1.1 }) < 1e-13 * Double(length + 1))
        }
    }

    @Test(arguments: [(1, 1, 1), (1, 40, 65), (2, 31, 16), (7, 32, 300), (8, 33, 257), (9, 64, 5), (17, 70, 128)])
    func multiplyMatrices(m: Int, n: Int, count: Int) {
        var random = SeededRandom(seed: UInt64(m * n))
        let left = Embedding.random(m * count, &random).values
        let right = Embedding.random(n * count, &random).values
        for loops in VectorLoops.available {
            var products = [Float](repeating: .nan, count: m * n)
            loops.matrix(left, m, right, n, count, &products)
            for (place, product) in products.enumerated() {
                let (row, column) = (place / n * count, place % n * count)
                let expected = (0..<count).reduce(0.0) { $0 + Double(left[row + $1]) * Double(right[column + $1]) }
                #expect(abs(Double(product) - expected) < 1e-6 * Double(count + 8))
            }
        }
    }

    @Test(arguments: [1, 5, 16, 17, 100, 4096])
    func findTheFirstOfTheGreatest(count: Int) {
        var random = SeededRandom(seed: UInt64(count))
        for loops in VectorLoops.available {
            for _ in 0..<20 {
                let numbers = (0..<count).map { _ in Float(Int.random(in: -20...20, using: &random)) }
                let shifts = (0..<count).map { _ in Float(Int.random(in: -20...20, using: &random)) }
                let expected = (0..<count).max { (numbers[$0] - shifts[$0], $1) < (numbers[$1] - shifts[$1], $0) }
                #expect(loops.greatest(numbers, shifts, count) == expected)
            }
        }
    }

    @Test(arguments: [1, 2, 7, 8, 9, 20])
    func takeSigns(words: Int) {
        var random = SeededRandom(seed: UInt64(words))
        let numbers = Embedding.random(words * 64, &random).values.enumerated().map { $0 % 9 == 0 ? 0 : $1 }
        for loops in VectorLoops.available {
            var (bits, sum, square) = ([UInt64](repeating: .max, count: words), Float(0), Float(0))
            loops.signs(numbers, words, &bits, &sum, &square)
            #expect(numbers.indices.allSatisfy { bits[$0 / 64] >> UInt64($0 % 64) & 1 == (numbers[$0] > 0 ? 1 : 0) })
            #expect(abs(sum - numbers.reduce(0) { $0 + abs($1) }) < 1e-4 * Float(words * 64))
            #expect(abs(square - numbers.reduce(0) { $0 + $1 * $1 }) < 1e-4 * Float(words * 64))
        }
    }

    @Test(arguments: lengths)
    func findTheGreatestSize(length: Int) {
        var random = SeededRandom(seed: UInt64(length))
        let numbers = Embedding.random(length, in: -1...0.5, &random).values
        for loops in VectorLoops.available {
            #expect(loops.greatest_size(numbers, length) == numbers.map(abs).max() ?? 0)
        }
    }

    @Test(arguments: lengths, [Int32(0), 128])
    func roundToBytes(length: Int, zero: Int32) {
        var random = SeededRandom(seed: UInt64(length))
        // The last one is beyond what bytes can say.
        let numbers = Embedding.random(length, &random).values.dropLast() + (length > 0 ? [-2] : [])
        for loops in VectorLoops.available {
            var bytes = [Int8](repeating: 99, count: length)
            let square = loops.bytes(Array(numbers), length, 1 / 127, zero, &bytes)
            let signed = bytes.map { Int32($0 &- Int8(truncatingIfNeeded: zero)) }
            #expect(zip(numbers, signed).allSatisfy { abs(max(-1, $0) * 127 - Float($1)) <= 0.5001 })
            let expected = zip(numbers, signed).reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1) / 127, 2) }
            #expect(abs(Double(square) - expected) <= 1e-5 * expected + 1e-6)
        }
    }

    @Test func roundZerosToZeroBytes() {
        for loops in VectorLoops.available {
            var bytes = [Int8](repeating: 99, count: 20)
            #expect(loops.bytes([Float](repeating: 0, count: 20), 20, 0, 0, &bytes) == 0)
            #expect(bytes == [Int8](repeating: 0, count: 20))
        }
    }

    @Test(arguments: [1, 2, 7, 8, 9, 20], [1, 6, 8])
    func takeNumbersApartInPlanes(words: Int, count: Int) {
        var random = SeededRandom(seed: UInt64(words * count))
        let numbers = Embedding.random(words * 64, &random).values
        let greatest = Float(1 << count - 1)
        let scale = numbers.map(abs).max()! / greatest
        for loops in VectorLoops.available {
            var (planes, sum, square) = ([UInt64](repeating: .max, count: words * count), Int32(0), Float(0))
            loops.planes(numbers, words, count, scale, &planes, &sum, &square)
            let odd = numbers.indices.map { index in
                let levels = (0..<count).map {
                    Int32(planes[$0 * words + index / 64] >> UInt64(index % 64) & 1) << $0
                }
                return 2 * levels.reduce(0, +) - Int32(greatest)
            }
            #expect(sum == odd.reduce(0, +))
            #expect(zip(numbers, odd).allSatisfy { abs($0 - Float($1) * scale) <= scale * 1.001 })
            let expected = zip(numbers, odd).reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1) * Double(scale), 2) }
            #expect(abs(Double(square) - expected) <= 1e-4 * expected + 1e-9)
        }
    }

    /// Sums of integers are the same, and sums of floats nearly so: what one kind finds, all find.
    @Test(arguments: Metric.allCases, [20, 64, 128, 200, 640])
    func findTheSameCandidates(metric: Metric, dimension: Int) async {
        var random = SeededRandom(seed: UInt64(dimension))
        let vectors = (0..<150).map { _ in Embedding.random(dimension, in: -0.2...1, &random) }
        let rows = Numbers(vectors.flatMap(\.values))
        let (codes, _) = await VectorCodes.encoding(
            VectorSource(ids: (0..<150).map(Int64.init), rows: rows, dimension: dimension), partitions: 2)
        for effort in [SearchEffort.exact, .likely] {
            let query = EncodedQuery(ScoredQuery(vectors[3], metric: metric), for: codes, effort: effort)
            let found = VectorLoops.available.map { query.candidates(in: 0..<codes.slotCount, by: $0) }
            for other in found.dropFirst() {
                #expect(other.map(\.row) == found[0].map(\.row))
                for (left, right) in zip(other, found[0]) {
                    #expect(abs(left.likeness - right.likeness) <= 1e-4 * max(1, abs(right.likeness)))
                    #expect(abs(left.most - right.most) <= 1e-4 * max(1, abs(right.most)))
                }
            }
            #expect(found[0].count == 150)
            for refined in VectorLoops.available.map({ query.refined(found[0], by: $0) }) {
                #expect(refined.map(\.row) == found[0].map(\.row))
                let scored = ScoredQuery(vectors[3], metric: metric)
                for candidate in refined {
                    let slot = Int(candidate.row)
                    let score = scored.score(rows.pointer(to: Int(codes.ids[slot]) * dimension))
                    let shift = metric == .euclidean ? scored.length * scored.length : 0
                    #expect(Double(candidate.most) >= score + shift)
                    #expect(2 * Double(candidate.likeness) - Double(candidate.most) <= score + shift)
                    #expect(
                        candidate.most - candidate.likeness < 0.02
                            * (metric == .cosine ? 1 : 2 * Float(scored.length) * codes.norms[slot]))
                }
            }
        }
    }

    /// Fewer columns than are summed at once, as many, and some that are left.
    @Test(arguments: [1, 15, 16, 17, 49, 64, 65, 130])
    func addsRowsByTheirFactors(count: Int) {
        var random = SeededRandom(seed: UInt64(count))
        let rows = (0..<5 * count).map { _ in Float(Int.random(in: -9...9, using: &random)) }
        let factors: [Float] = [2, 0, -1, 3, 0.5]
        let expected = (0..<count).map { column in (0..<5).reduce(0) { $0 + rows[$1 * count + column] * factors[$1] } }
        var (sum, added) = ([Float](repeating: 7, count: count), [Float](repeating: 0, count: count))
        ck_weighted_sum(rows, factors, 5, count, &sum)
        for row in 0..<5 { ck_add(&added, Array(rows[row * count..<(row + 1) * count]), factors[row], count) }
        #expect(sum == expected && added == expected)
    }

    @Test func transformAsHadamardsMatrix() {
        var numbers: [Float] = [1, 2, 3, 4, 5, 6, 7, 9]
        let before = numbers
        ck_hadamard(&numbers, 8)
        for (row, number) in numbers.enumerated() {
            let expected = before.indices.reduce(Float(0)) {
                $0 + (($1 & row).nonzeroBitCount % 2 == 0 ? before[$1] : -before[$1])
            }
            #expect(number == expected)
        }
    }
}

extension EncodedQuery {
    fileprivate func refined(_ candidates: [ck_candidate], by loops: ck_vector_loops)
        -> [ck_candidate]
    {
        var refined = candidates
        refine(&refined, least: -.greatestFiniteMagnitude, by: loops)
        return refined
    }

    fileprivate func candidates(in rows: Range<Int>, by loops: ck_vector_loops) -> [ck_candidate] {
        withUnsafeTemporaryAllocation(of: ck_candidate.self, capacity: rows.count) { candidates in
            let count = self.candidates(in: rows, least: -.greatestFiniteMagnitude, candidates, by: loops)
            return Array(candidates[..<count])
        }
    }
}
