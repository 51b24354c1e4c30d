#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What work came to, and what it took.
struct Measurement<Value: Sendable>: Sendable {
    let value: Value
    /// How often the work was done.
    let repetitions: Int
    /// In seconds.
    let elapsed: Double
    /// Of all processors together, in seconds.
    let processorTime: Double

    /// Does the work once, or again until it took so many seconds in all.
    init(atLeast seconds: Double = 0, _ work: () async throws -> Value) async throws {
        let (start, processorStart) = (ContinuousClock.now, clock())
        var (value, repetitions) = (try await work(), 1)
        while ContinuousClock.now - start < .seconds(seconds) {
            value = try await work()
            repetitions += 1
        }
        (self.value, self.repetitions) = (value, repetitions)
        elapsed = (ContinuousClock.now - start) / .seconds(1)
        processorTime = Double(clock() - processorStart) / Double(CLOCKS_PER_SEC)
    }
}
