import Foundation
import Vectors

/// Random indexes and queries, whose answers must be those of comparing everything in double precision.
enum Exactness {
    static func check(_ count: Int) async throws {
        let tasks = ProcessInfo.processInfo.activeProcessorCount
        let failures = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<tasks {
                group.addTask { try await wrongCases(in: stride(from: task, to: count, by: tasks)) }
            }
            return try await group.reduce(0, +)
        }
        print("\(count) cases, \(failures) wrong")
        exit(failures == 0 ? 0 : 1)
    }

    private static func wrongCases(in numbers: StrideTo<Int>) async throws -> Int {
        var failures = 0
        for number in numbers {
            var random = SplitMix(seed: UInt64(number))
            if let failure = try await ExactnessCase(&random).failure(&random) {
                failures += 1
                print("case \(number): \(failure)")
            }
            if number % 500 == 0 { FileHandle.standardError.write(Data("\(number) cases\n".utf8)) }
        }
        return failures
    }
}

/// Some vectors, in blocks with partitions, and some that have no codes, with some taken out.
private struct ExactnessCase {
    private var index: VectorIndex
    private var vectors: [Int64: Embedding] = [:]
    private let dimension: Int
    private let size: Int

    init(_ random: inout SplitMix) async throws {
        size = Self.size(&random)
        // So many numbers that comparing everything ends in time.
        dimension = min(Self.dimension(&random), max(1, 4_000_000 / max(1, size)))
        index = VectorIndex(dimension: dimension)
        let garments = Garments(dimension: dimension, &random)
        let blockCount = Int.random(in: 0...3, using: &random)
        for id in 0..<size {
            let vector = garments.next(vectors[Int64.random(in: 0...Int64(id), using: &random)], &random)
            vectors[Int64(id)] = vector
            try index.insert(Int64(id), vector)
            if blockCount > 0, (id + 1) % max(1, size / blockCount) == 0 {
                await index.encode(partitions: Int.random(in: 1...max(1, min(64, size / 40)), using: &random))
            }
        }
        for _ in 0..<Int.random(in: 0...max(0, min(50, size / 4)), using: &random) {
            let id = Int64.random(in: 0..<Int64(size), using: &random)
            index.remove(id)
            vectors[id] = nil
        }
    }

    /// The longest rarely, since learning their directions takes seconds.
    private static func dimension(_ random: inout SplitMix) -> Int {
        switch Int.random(in: 0..<1000, using: &random) {
        case 0: 4096
        case 1..<10: 1280
        case 10..<40: 512
        default: [1, 2, 3, 8, 33, 64, 65, 96, 128, 130, 200].randomElement(using: &random)!
        }
    }

    private static func size(_ random: inout SplitMix) -> Int {
        switch Int.random(in: 0..<1000, using: &random) {
        case 0: Int.random(in: 10_000...100_000, using: &random)
        case 1..<30: Int.random(in: 1000...10_000, using: &random)
        default: Int.random(in: 0...400, using: &random)
        }
    }

    /// What is wrong with the answer to a random query.
    func failure(_ random: inout SplitMix) async throws -> String? {
        let metric = Metric.allCases.randomElement(using: &random)!
        let known = vectors.keys.sorted().randomElement(using: &random).flatMap { vectors[$0] }
        let query = Garments(dimension: dimension, &random).next(known, &random)
        let limit = Int.random(in: 1...(Bool.random(using: &random) ? 10 : size + 3), using: &random)
        let found = try await index.nearest(
            limit, to: [query], metric: metric, tasks: Int.random(in: 1...3, using: &random))
        let scores = vectors.mapValues { metric.score(query, $0) }
        let expected = scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map(\.key)
        let ids = found[0].neighbors.map(\.id)
        guard ids.count == expected.count else { return "\(ids.count) found and not \(expected.count)" }
        for (id, other) in zip(ids, expected) where id != other {
            guard let score = scores[id], let better = scores[other], isTie(score, better) else {
                return "\(metric), \(size) x \(dimension): \(id) in the place of \(other)"
            }
        }
        return nil
    }

    private func isTie(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-13 * max(1e-3, abs(left), abs(right))
    }
}

/// Vectors around some centres, or anywhere; now and then equal ones, longer ones, and some without a direction.
private struct Garments {
    private let centres: [[Float]]
    private let dimension: Int

    init(dimension: Int, _ random: inout SplitMix) {
        self.dimension = dimension
        var centred = SplitMix(seed: UInt64(dimension))
        centres = (0..<6).map { _ in (0..<dimension).map { _ in Float.random(in: -0.5...1, using: &centred) } }
    }

    func next(_ known: Embedding?, _ random: inout SplitMix) -> Embedding {
        switch Int.random(in: 0..<20, using: &random) {
        case 0: Embedding([Float](repeating: 0, count: dimension))
        case 1: known ?? scattered(1, &random)
        case 2: Embedding((known ?? scattered(1, &random)).values.map { $0 * 4 })
        case 3: scattered(1000, &random)
        case 4: scattered(0.001, &random)
        case 5, 6: scattered(1, &random)
        default:
            Embedding(zip(centres.randomElement(using: &random)!, scattered(0.3, &random).values).map(+))
        }
    }

    private func scattered(_ size: Float, _ random: inout SplitMix) -> Embedding {
        Embedding((0..<dimension).map { _ in Float.random(in: -size...size, using: &random) })
    }
}

extension Metric {
    /// By its definition, one number after the other, and negative for distances so that the greatest is nearest.
    fileprivate func score(_ left: Embedding, _ right: Embedding) -> Double {
        var (product, square, ofLeft, distance) = (0.0, 0.0, 0.0, 0.0)
        for index in 0..<left.dimension {
            let (own, other) = (Double(left.values[index]), Double(right.values[index]))
            product += own * other
            square += other * other
            ofLeft += own * own
            distance += (own - other) * (own - other)
        }
        switch self {
        case .dot: return product
        case .euclidean: return -distance
        case .cosine: return ofLeft * square > 0 ? min(1, max(-1, product / (ofLeft * square).squareRoot())) : 0
        }
    }
}

/// The same numbers at each run (Steele et al. 2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
