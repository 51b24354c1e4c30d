import TestSupport
import Testing

@testable import Vectors

@Suite struct VectorIndexTests {
    /// Around what loops do at once, the numbers that heads and signs are made of, and networks' own.
    static let dimensions = [1, 2, 3, 5, 16, 17, 63, 64, 65, 127, 128, 130, 200, 512, 1280]

    @Test(arguments: Metric.allCases, dimensions)
    func findsWhatComparingOneByOneFinds(metric: Metric, dimension: Int) async throws {
        var random = SeededRandom(seed: UInt64(dimension))
        for count in dimension < 512 ? [0, 1, 16, 17, 300] : [2, 100] {
            let garments = Garments(count, dimension: dimension, &random)
            for partitions in [1, min(7, max(1, count))] {
                let index = try await garments.index(encoded: count, partitions: partitions)
                try garments.expectNearest(in: index, metric, &random)
            }
        }
    }

    @Test(arguments: Metric.allCases)
    func findsAmongBlocksAndWhatCameLater(metric: Metric) async throws {
        var random = SeededRandom(seed: 3)
        let garments = Garments(500, dimension: 80, &random)
        var index = try VectorIndex(Array(garments.vectors[..<200].map(\.vector)), dimension: 80)
        await index.encode()
        for (id, vector) in garments.vectors[200..<400] { try index.insert(id, vector) }
        await index.encode(partitions: 3)
        for (id, vector) in garments.vectors[400...] { try index.insert(id, vector) }
        #expect(index.count == 500)
        try garments.expectNearest(in: index, metric, &random)
    }

    @Test(arguments: Metric.allCases, [0, 150, 300])
    func findsNothingThatWasTakenOut(metric: Metric, encoded: Int) async throws {
        var random = SeededRandom(seed: 4)
        var garments = Garments(300, dimension: 70, &random)
        var index = try await garments.index(encoded: encoded, partitions: 4)
        for _ in 0..<120 {
            let (id, _) = garments.vectors.remove(at: Int.random(in: garments.vectors.indices, using: &random))
            index.remove(id)
            index.remove(-1)
        }
        #expect(index.count == 180)
        try garments.expectNearest(in: index, metric, &random)
    }

    @Test(arguments: [SearchEffort.exact, .likely])
    func findsWhatIsACandidateOnly(effort: SearchEffort) async throws {
        var random = SeededRandom(seed: 5)
        let garments = Garments(400, dimension: 96, &random)
        let index = try await garments.index(encoded: 300, partitions: 5)
        let candidates = garments.vectors.filter { $0.id % 3 == 1 }
        for (_, query) in garments.vectors.prefix(20) {
            let found = try index.nearest(7, to: query, effort: effort) { $0 % 3 == 1 }.neighbors.map(\.id)
            #expect(found == naive(7, candidates, to: query, .cosine))
        }
        #expect(try index.nearest(7, to: garments.vectors[0].vector) { _ in false }.neighbors.isEmpty)
    }

    @Test func putsTheLowerOfTwoNumbersFirst() async throws {
        let (same, other) = (Embedding([3, 4]), Embedding([-4, 3]))
        for isEncoded in [false, true] {
            var index = VectorIndex(dimension: 2)
            for (id, vector) in [(9, other), (7, same), (5, same), (-2, other), (3, same)] as [(Int64, Embedding)] {
                try index.insert(id, vector)
            }
            if isEncoded { await index.encode() }
            for metric in Metric.allCases {
                #expect(try index.nearest(5, to: same, metric: metric).neighbors.map(\.id) == [3, 5, 7, -2, 9])
                #expect(try index.nearest(2, to: same, metric: metric).neighbors.map(\.id) == [3, 5])
                #expect(try index.nearest(4, to: same, metric: metric).neighbors.map(\.id) == [3, 5, 7, -2])
            }
        }
    }

    @Test func comparesTheShortestVectorsToo() async throws {
        for dimension in [4, 80] {
            var index = try VectorIndex(
                [
                    .axis(0, of: dimension, length: 70_000 * .leastNonzeroMagnitude),
                    .axis(1, of: dimension, length: 30 * .leastNonzeroMagnitude),
                    .axis(2, of: dimension),
                ],
                dimension: dimension)
            await index.encode()
            for axis in 0..<3 {
                let query = Embedding.axis(axis, of: dimension, length: 7000 * .leastNonzeroMagnitude)
                #expect(try index.nearest(1, to: query).neighbors.map(\.id) == [Int64(axis)])
            }
        }
    }

    @Test(arguments: [(-1, 0), (0, 0), (1, 1), (3, 3), (4, 3), (1000, 3), (Int.max, 3)])
    func givesNoMoreThanThereAre(limit: Int, count: Int) async throws {
        var index = try VectorIndex([.axis(0, of: 2), .axis(1, of: 2), .zero(2)], dimension: 2)
        #expect(try index.nearest(limit, to: .axis(0, of: 2)).neighbors.count == count)
        await index.encode()
        #expect(try index.nearest(limit, to: .axis(0, of: 2)).neighbors.count == count)
    }

    @Test(arguments: [1, 2, 3, 20], [1, 2, 3, 7])
    func findsTheSameForManyQueriesAndInSeveralTasks(queries: Int, tasks: Int) async throws {
        var random = SeededRandom(seed: 8)
        let garments = Garments(2500, dimension: 65, &random)
        let queries = garments.vectors.prefix(queries).map(\.vector)
        for partitions in [1, 9] {
            let index = try await garments.index(encoded: 2450, partitions: partitions)
            for (effort, metric) in [
                (SearchEffort.exact, Metric.euclidean), (.likely, .cosine), (.partitions(3), .dot),
            ] {
                let expected = try queries.map {
                    try index.nearest(8, to: $0, metric: metric, effort: effort) { $0 % 5 > 0 }
                }
                let found = try await index.nearest(8, to: queries, metric: metric, effort: effort, tasks: tasks) {
                    $0 % 5 > 0
                }
                #expect(found.map(\.neighbors) == expected.map(\.neighbors))
                #expect(found.map(\.work.scanned) == expected.map(\.work.scanned))
            }
        }
        #expect(try await garments.index(encoded: 0, partitions: 1).nearest(3, to: [], tasks: tasks).isEmpty)
    }

    @Test func countsWhatItDid() async throws {
        var random = SeededRandom(seed: 6)
        let garments = Garments(300, dimension: 128, &random)
        let index = try await garments.index(encoded: 280, partitions: 1)
        let work = try index.nearest(3, to: garments.vectors[0].vector).work
        #expect(work.scanned == 300)
        #expect((23..<300).contains(work.compared))
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity, 3e18])
    func refusesWhatCannotBeCompared(number: Float) throws {
        var index = try VectorIndex([.zero(2)], dimension: 2)
        #expect(throws: VectorError.outOfRange) { try index.insert(1, Embedding([0, number])) }
        #expect(throws: VectorError.outOfRange) { try index.nearest(1, to: Embedding([number, 0])) }
        #expect(throws: VectorError.otherDimension(3, expected: 2)) { try index.insert(1, .zero(3)) }
        #expect(throws: VectorError.otherDimension(1, expected: 2)) { try index.nearest(1, to: .zero(1)) }
        #expect(index.count == 1)
    }

    @Test(arguments: Metric.allCases)
    func looksIntoTheNearestPartitionsOnly(metric: Metric) async throws {
        var random = SeededRandom(seed: 7)
        let garments = Garments(600, dimension: 128, &random)
        let index = try await garments.index(encoded: 600, partitions: 12)
        let query = garments.vectors[5].vector
        let few = try index.nearest(10, to: query, metric: metric, effort: .partitions(2))
        let all = try index.nearest(10, to: query, metric: metric, effort: .partitions(12))
        #expect(few.work.scanned < all.work.scanned / 3)
        #expect(few.neighbors[0].id == 5 || metric == .dot)
        #expect(all.neighbors.map(\.id) == naive(10, garments.vectors, to: query, metric))
    }
}

/// Vectors in clusters, of which some are equal, some have no length, and some lie far out.
private struct Garments {
    var vectors: [(id: Int64, vector: Embedding)] = []
    let dimension: Int

    init(_ count: Int, dimension: Int, _ random: inout SeededRandom) {
        self.dimension = dimension
        let centres = (0..<6).map { _ in Embedding.random(dimension, in: -0.5...1, &random) }
        for id in 0..<count { vectors.append((Int64(id), next(centres, &random))) }
    }

    private func next(_ centres: [Embedding], _ random: inout SeededRandom) -> Embedding {
        switch Int.random(in: 0..<24, using: &random) {
        case 0: .zero(dimension)
        case 1: vectors.randomElement(using: &random)?.vector ?? .zero(dimension)
        case 2: Embedding((vectors.randomElement(using: &random)?.vector ?? .zero(dimension)).values.map { $0 * 4 })
        case 3: .random(dimension, in: -1e3...1e3, &random)
        case 4: .random(dimension, in: -1e-3...1e-3, &random)
        default:
            Embedding(
                zip(
                    centres.randomElement(using: &random)!.values,
                    Embedding.random(dimension, in: -0.3...0.3, &random).values
                )
                .map(+))
        }
    }

    func index(encoded: Int, partitions: Int) async throws -> VectorIndex {
        var index = try VectorIndex(vectors[..<encoded].map(\.vector), dimension: dimension)
        await index.encode(partitions: partitions)
        for (id, vector) in vectors[encoded...] { try index.insert(id, vector) }
        return index
    }

    /// For queries that are among the vectors, near one and anywhere.
    func expectNearest(in index: VectorIndex, _ metric: Metric, _ random: inout SeededRandom) throws {
        let near = (vectors.randomElement(using: &random)?.vector ?? .zero(dimension)).values.map { $0 * 1.01 + 0.01 }
        let queries = [
            vectors.randomElement(using: &random)?.vector ?? .zero(dimension), Embedding(near), .zero(dimension),
            .random(dimension, &random),
        ]
        for query in queries {
            let expected = naive(vectors.count, vectors, to: query, metric)
            for limit in [1, 10, vectors.count + 3] {
                let found = try index.nearest(limit, to: query, metric: metric).neighbors
                #expect(found.map(\.id) == Array(expected.prefix(limit)))
                #expect(zip(found, found.dropFirst()).allSatisfy { $0.0.similarity >= $0.1.similarity })
            }
        }
    }
}
