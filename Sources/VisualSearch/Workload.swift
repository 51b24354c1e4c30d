import Synchronization

/// How much work was done, to show that none was done twice.
public struct Workload: Sendable, Hashable {
    /// Files that were looked at without opening them.
    public var listed = 0
    /// Files that were read and hashed.
    public var read = 0
    public var decoded = 0
    public var embedded = 0
    /// Photos that were decoded once more to be shown.
    public var drawn = 0

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
