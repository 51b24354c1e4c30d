/// Has what was learnt kept from time to time.
struct CheckpointClock {
    private let interval: Duration
    private var last = ContinuousClock.now
    private var hasFailed = false

    init(interval: Duration) { self.interval = interval }

    var isDue: Bool { ContinuousClock.now - last >= interval }

    /// Learning goes on where it cannot be kept, a full disk for example; that is told once.
    mutating func keep(
        _ checkpoint: TrainingCheckpoint, by keep: (TrainingCheckpoint) throws -> Void, _ tell: (TrainingEvent) -> Bool
    ) {
        do { try keep(checkpoint) } catch {
            if !hasFailed { _ = tell(.notKept(reason: "\(error)")) }
            hasFailed = true
        }
        last = .now
    }
}
