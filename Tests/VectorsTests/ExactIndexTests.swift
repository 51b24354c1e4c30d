import Testing
import Vectors

@Suite struct ExactIndexTests {
    /// Around the sixteen numbers and the four times sixteen that are added at once, and the network's own.
    static let dimensions = [1, 3, 15, 16, 17, 64, 65, 80, 127, 1280]

    @Test(arguments: Metric.allCases, dimensions)
    func findsWhatComparingOneByOneFinds(metric: Metric, dimension: Int) {
        var random = SeededRandom(seed: UInt64(dimension))
        let rows = (0..<60).map { _ in Embedding.random(dimension, &random) }
        let query = Embedding.random(dimension, &random)
        let expected = rows.map { metric.naive(query, $0) }
        let found = ExactIndex(rows, metric: metric).nearest(60, to: query)
        #expect(Set(found.map(\.row)) == Set(rows.indices))
        #expect(found.allSatisfy { abs(Double($0.similarity) - expected[$0.row]) < 2e-6 })
        #expect(zip(found, found.dropFirst()).allSatisfy { $0 < $1 })
        #expect(ExactIndex(rows, metric: metric).nearest(7, to: query) == Array(found.prefix(7)))
    }

    @Test(arguments: Metric.allCases)
    func putsTheEarlierOfTwoEqualRowsFirst(metric: Metric) {
        let (same, other) = (Embedding([3, 4]), Embedding([-4, 3]))
        let index = ExactIndex([other, same, same, other, same], metric: metric)
        #expect(index.nearest(5, to: same).map(\.row) == [1, 2, 4, 0, 3])
        #expect(index.nearest(2, to: same).map(\.row) == [1, 2])
        #expect(index.nearest(4, to: same).map(\.row) == [1, 2, 4, 0])
    }

    @Test(arguments: Metric.allCases)
    func leavesOutWhatIsNoCandidate(metric: Metric) {
        var random = SeededRandom(seed: 7)
        let rows = (0..<50).map { _ in Embedding.random(5, &random) }
        let index = ExactIndex(rows, metric: metric)
        let all = index.nearest(50, to: rows[0])
        #expect(index.nearest(6, to: rows[0]) { $0 % 3 == 1 } == Array(all.filter { $0.row % 3 == 1 }.prefix(6)))
        #expect(index.nearest(6, to: rows[0]) { _ in false }.isEmpty)
    }

    @Test(arguments: [(-1, 0), (0, 0), (1, 1), (3, 3), (4, 3), (1000, 3), (Int.max, 3)])
    func givesNoMoreThanThereAre(limit: Int, count: Int) {
        let index = ExactIndex([.axis(0, of: 2), .axis(1, of: 2), .zero(2)], metric: .cosine)
        #expect(index.nearest(limit, to: .axis(0, of: 2)).count == count)
    }

    @Test func isEmptyAtFirst() {
        let index = ExactIndex(dimension: 4, metric: .cosine)
        #expect(index.count == 0)
        #expect(index.nearest(5, to: .zero(4)).isEmpty)
    }

    @Test(arguments: Metric.allCases)
    func givesANumberForEmbeddingsOfZeros(metric: Metric) {
        let index = ExactIndex([.zero(17), .axis(3, of: 17)], metric: metric)
        for query in [Embedding.zero(17), .axis(3, of: 17)] {
            #expect(index.nearest(2, to: query).allSatisfy { $0.similarity.isFinite })
        }
        #expect(index.nearest(1, to: .axis(3, of: 17)).map(\.row) == [1])
    }

    @Test(arguments: Metric.allCases)
    func countsItsRows(metric: Metric) {
        var index = ExactIndex(dimension: 2, metric: metric)
        for count in 1...10 {
            index.append(.axis(0, of: 2, length: Float(count)))
            #expect(index.count == count)
        }
        #expect(index.nearest(1, to: .axis(0, of: 2, length: 6)).map(\.row) == [metric == .cosine ? 0 : 5])
    }
}

extension Metric {
    /// By its definition, in double precision.
    fileprivate func naive(_ left: Embedding, _ right: Embedding) -> Double {
        let (left, right) = (left.values.map(Double.init), right.values.map(Double.init))
        func dot(_ left: [Double], _ right: [Double]) -> Double { zip(left, right).reduce(0) { $0 + $1.0 * $1.1 } }
        switch self {
        case .cosine: return dot(left, right) / (dot(left, left) * dot(right, right)).squareRoot()
        case .euclidean:
            let difference = zip(left, right).map { $0 - $1 }
            return 1 / (1 + dot(difference, difference).squareRoot())
        }
    }
}
