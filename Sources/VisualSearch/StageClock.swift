import Synchronization

/// What answering takes time for.
public enum Stage: String, Sendable, CaseIterable {
    /// Files, and what the catalogue knows of them.
    case read
    case decode
    case embed
    /// Finding the nearest, and ranking them.
    case search
    /// Turning the answer into bytes; whoever does that counts it.
    case write
}

/// Adds up how long the stages of one task take, in whichever of its child tasks.
///
/// What runs at once is counted once for each.
public final class StageClock: Sendable {
    /// The clock of the task that asks; without one, nothing is measured.
    @TaskLocal public static var current: StageClock?

    private let times = Mutex<[Stage: Duration]>([:])

    /// Begins with nothing measured.
    public init() {}

    /// Of a stage that nothing was done for, `nil`.
    public subscript(stage: Stage) -> Duration? { times.withLock { $0[stage] } }

    /// Counts a time that was measured elsewhere.
    public func add(_ time: Duration, to stage: Stage) { times.withLock { $0[stage, default: .zero] += time } }

    static func measured<T>(_ stage: Stage, _ work: () throws -> T) rethrows -> T {
        guard let current else { return try work() }
        let start = ContinuousClock.now
        defer { current.add(start.duration(to: .now), to: stage) }
        return try work()
    }

    static func measured<T: Sendable>(_ stage: Stage, _ work: () async throws -> T) async rethrows -> T {
        guard let current else { return try await work() }
        let start = ContinuousClock.now
        defer { current.add(start.duration(to: .now), to: stage) }
        return try await work()
    }
}
