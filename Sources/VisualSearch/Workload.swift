import Synchronization

/// How much work was done, to show that none was done twice.
public struct Workload: Sendable, Hashable {
    /// Files that were looked at without opening them.
    public var listed = 0
    /// Files that were read and hashed.
    public var read = 0
    /// Photos and queries that were decoded to be embedded, those included that proved faulty.
    public var decoded = 0
    /// Photos and queries that the model described.
    public var embedded = 0
    /// Embeddings whose codes were looked at.
    public var scanned = 0
    /// Those of them that were compared to the last digit.
    public var compared = 0
    /// Photos that were decoded once more to be shown.
    public var drawn = 0

    /// Begins with all counts at 0, as a new engine does.
    public init() {}
}

/// Adds up work that is done in many tasks.
final class WorkMeter: Sendable {
    private let work = Mutex(Workload())

    var total: Workload { work.withLock { $0 } }

    func add(_ count: Int = 1, to kind: any WritableKeyPath<Workload, Int> & Sendable) {
        work.withLock { $0[keyPath: kind] += count }
    }
}
