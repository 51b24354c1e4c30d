import Foundation
import Vectors

/// An index, and what is asked of it.
struct Session {
    private var index = VectorIndex(dimension: 1)
    private var queries: [Embedding] = []
    private var catalogue: CatalogueSession?
    private static let limit = 10

    mutating func answer(_ words: [String]) async throws -> [String: Any] {
        switch words[0] {
        case "load": return try load(words[1], dimension: Int(words[2])!)
        case "queries":
            queries = try rows(words[1], dimension: index.dimension)
            return ["queries": queries.count]
        case "encode": return try await encode(partitions: Int(words[1])!)
        case "search": return try await search(effort(words[1]), tasks: Int(words[2])!, range(words[3], words[4]))
        case "batch": return try await batch(effort(words[1]), tasks: Int(words[2])!, range(words[3], words[4]))
        case "open":
            catalogue = try CatalogueSession(words[1], model: words[2], folder: words[3])
            return [:]
        case "look":
            return try await catalogue!.search(
                range(words[3], words[4]), recall: Double(words[1]), threads: Int(words[2])!)
        default: return ["resident": residentBytes]
        }
    }

    private mutating func load(_ path: String, dimension: Int) throws -> [String: Any] {
        index = VectorIndex(dimension: dimension)
        let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
        let length = dimension * MemoryLayout<Float>.size
        index.reserveCapacity(data.count / length)
        try data.withUnsafeBytes { bytes in
            for (id, start) in stride(from: 0, to: bytes.count, by: length).enumerated() {
                try index.insert(Int64(id), UnsafeRawBufferPointer(rebasing: bytes[start..<start + length]))
            }
        }
        return ["vectors": index.count]
    }

    private func rows(_ path: String, dimension: Int) throws -> [Embedding] {
        let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
        return data.withUnsafeBytes { bytes in
            let numbers = bytes.bindMemory(to: Float.self)
            return stride(from: 0, to: numbers.count, by: dimension).map {
                Embedding(Array(numbers[$0..<$0 + dimension]))
            }
        }
    }

    private mutating func encode(partitions: Int) async throws -> [String: Any] {
        let clock = Clock()
        await index.encode(partitions: partitions)
        return ["wall": clock.wall, "cpu": clock.cpu]
    }

    private func effort(_ word: String) -> SearchEffort {
        Int(word).map(SearchEffort.partitions) ?? (word == "likely" ? .likely : .exact)
    }

    private func range(_ count: String, _ first: String) -> Range<Int> { Int(first)!..<Int(first)! + Int(count)! }

    private func search(_ effort: SearchEffort, tasks: Int, _ range: Range<Int>) async throws -> [String: Any] {
        var (answers, times) = ([NearestAnswer](), [Double]())
        let clock = Clock()
        for query in queries[range] {
            let start = Clock()
            if tasks == 1 {
                answers.append(try index.nearest(Self.limit, to: query, effort: effort))
            } else {
                answers += try await index.nearest(Self.limit, to: [query], effort: effort, tasks: tasks)
            }
            times.append(start.wall)
        }
        return report(answers, clock).merging(["times": times]) { $1 }
    }

    private func batch(_ effort: SearchEffort, tasks: Int, _ range: Range<Int>) async throws -> [String: Any] {
        let clock = Clock()
        return report(
            try await index.nearest(Self.limit, to: Array(queries[range]), effort: effort, tasks: tasks), clock)
    }

    private func report(_ answers: [NearestAnswer], _ clock: Clock) -> [String: Any] {
        [
            "wall": clock.wall, "cpu": clock.cpu, "ids": answers.map { $0.neighbors.map { Int($0.id) } },
            "compared": Double(answers.reduce(0) { $0 + $1.work.compared }) / Double(answers.count),
        ]
    }

    private var residentBytes: Int {
        let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ")
        return (pages.flatMap { Int($0[1]) } ?? 0) * Int(getpagesize())
    }
}

/// Seconds since it was made.
struct Clock {
    private let start = ContinuousClock.now
    private let cpuStart = clock()

    var wall: Double { (ContinuousClock.now - start) / .seconds(1) }

    var cpu: Double { Double(clock() - cpuStart) / Double(CLOCKS_PER_SEC) }
}
