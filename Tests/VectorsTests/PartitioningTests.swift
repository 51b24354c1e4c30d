import TestSupport
import Testing

@testable import Vectors

@Suite struct PartitioningTests {
    /// Points around the corners of a cube.
    private func points(_ count: Int, _ random: inout SeededRandom) -> [Float] {
        (0..<count).flatMap { point in
            (0..<3).map { Float(point >> $0 & 1) * 10 + Float.random(in: -0.5...0.5, using: &random) }
        }
    }

    @Test func findsWhatLiesTogether() async {
        var random = SeededRandom(seed: 1)
        let points = points(400, &random)
        let partitioning = await Partitioning(8, of: points, dimension: 3)
        let nearest = await partitioning.nearest(to: points)
        let corners = Dictionary(grouping: nearest.indices, by: { nearest[$0] }).values.map { Set($0.map { $0 % 8 }) }
        #expect(corners.count == 8)
        #expect(corners.allSatisfy { $0.count == 1 })
    }

    @Test func isTheSameEachTime() async {
        var random = SeededRandom(seed: 2)
        let points = points(200, &random)
        let (first, second) = await (
            Partitioning(5, of: points, dimension: 3), Partitioning(5, of: points, dimension: 3)
        )
        #expect(first.centroids == second.centroids)
    }

    @Test(arguments: [1, 4, 40])
    func sortsByDistance(dimension: Int) {
        var random = SeededRandom(seed: UInt64(dimension))
        let centroids = Embedding.random(23 * dimension, &random).values
        let partitioning = Partitioning(centroids: centroids, dimension: dimension)
        let point = Embedding.random(dimension, &random).values
        func distance(_ partition: Int) -> Float {
            (0..<dimension).reduce(0) {
                let difference = point[$1] - centroids[partition * dimension + $1]
                return $0 + difference * difference
            }
        }
        let expected = (0..<23).sorted { distance($0) < distance($1) }
        #expect(partitioning.nearest(23, to: point) == expected)
        #expect(partitioning.nearest(4, to: point) == Array(expected.prefix(4)))
        #expect(partitioning.nearest(to: point[...]) == [UInt32(expected[0])])
    }

    @Test func leavesNoPartitionWithoutAPoint() async {
        // All the same: every partition but one has nothing, and takes a point again and again.
        let partitioning = await Partitioning(4, of: [Float](repeating: 2, count: 30), dimension: 3)
        #expect(partitioning.centroids == [Float](repeating: 2, count: 12))
    }
}
