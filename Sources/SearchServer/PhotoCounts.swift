import Catalogue
import Embedders
import VisualSearch

/// How many photos can be found, as of a second ago at most: counting them at each search would take longer than searching.
actor PhotoCounts {
    private struct Key: Hashable {
        let model: String
        let folders: [PhotoFolder]
    }

    private static let lifetime = Duration.seconds(1)
    private static let limit = 100

    private var counts: [Key: (count: Task<Int, any Error>, time: ContinuousClock.Instant)] = [:]

    /// Whoever asks while somebody counts waits for that.
    func described(by engine: SearchEngine, in folders: [PhotoFolder]) async throws -> Int {
        let key = Key(model: engine.choice.name, folders: folders)
        if let known = counts[key], known.time.duration(to: .now) < Self.lifetime { return try await known.count.value }
        if counts.count >= Self.limit { counts = [:] }
        let count = Task {
            do { return try await engine.describedCount(in: folders) } catch CatalogueError.shardsMissing {
                // Which of them the missing servers have described, nobody can tell.
                var count = 0
                for folder in folders { count += try await engine.photoCount(in: folder.path) }
                return count
            }
        }
        counts[key] = (count, .now)
        return try await count.value
    }
}
