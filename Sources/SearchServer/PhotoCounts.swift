import Catalogue
import Embedders
import VisualSearch

/// How many photos can be found, as of a moment ago: counting them at each search could take longer than searching.
actor PhotoCounts {
    private struct Key: Hashable {
        let model: String
        let folders: [PhotoFolder]
    }

    private struct Count {
        let photos: Int
        let duration: Duration
        let time = ContinuousClock.now

        /// Counting takes a twentieth of the time at most.
        var isDue: Bool { time.duration(to: .now) > max(.seconds(1), duration * 20) }
        /// Whether it is better than to wait for another one.
        var isGoodEnough: Bool {
            duration > .milliseconds(100) && time.duration(to: .now) < max(.seconds(60), duration * 40)
        }
    }

    private static let limit = 100

    private var known: [Key: Count] = [:]
    private var counting: [Key: Task<Count, any Error>] = [:]

    /// What takes long to be counted is counted while everybody is told what it was before.
    func described(by engine: SearchEngine, in folders: [PhotoFolder]) async throws -> Int {
        let key = Key(model: engine.choice.name, folders: folders)
        if let count = known[key], !count.isDue { return count.photos }
        let task = counting[key] ?? begin(key, engine)
        if let count = known[key], count.isGoodEnough { return count.photos }
        return try await task.value.photos
    }

    /// Whoever asks while somebody counts waits for that.
    private func begin(_ key: Key, _ engine: SearchEngine) -> Task<Count, any Error> {
        let task = Task {
            defer { counting[key] = nil }
            let start = ContinuousClock.now
            let count = Count(photos: try await engine.findable(in: key.folders), duration: start.duration(to: .now))
            if known.count >= Self.limit { known = [:] }
            known[key] = count
            return count
        }
        counting[key] = task
        return task
    }
}

extension SearchEngine {
    /// Which of them missing servers have described, nobody can tell.
    fileprivate nonisolated func findable(in folders: [PhotoFolder]) async throws -> Int {
        do { return try await describedCount(in: folders) } catch CatalogueError.shardsMissing {
            var count = 0
            for folder in folders { count += try await photoCount(in: folder.path) }
            return count
        }
    }
}
