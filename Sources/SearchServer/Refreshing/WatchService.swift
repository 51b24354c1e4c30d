import ServiceLifecycle
import VisualSearch

/// Has the catalogue brought up to date when anything happens in its folders.
struct WatchService: Service {
    private static let interval = Duration.milliseconds(500)
    /// Whoever writes on and on is not waited for longer.
    private static let patience = Duration.seconds(10)

    let engine: SearchEngine
    let refreshing: Refreshing

    func run() async throws { try await cancelWhenGracefulShutdown { try await watch() } }

    private func watch() async throws {
        var watch = FolderWatch()
        var (changedSince, lastRun) = (ContinuousClock.Instant?.none, ContinuousClock.now)
        while !Task.isCancelled {
            // A catalogue that is busy now is not so later.
            for root in (try? await engine.roots) ?? [] { watch.watch(root) }
            try await Task.sleep(for: Self.interval)
            let (hasChanged, now) = (watch.takeChanges(), ContinuousClock.now)
            if hasChanged, changedSince == nil { changedSince = now }
            // A file that is being written is best read when it is done.
            let isQuiet = !hasChanged && changedSince != nil
            let isLong = changedSince.map { $0.duration(to: now) > Self.patience } ?? false
            guard isQuiet || isLong || lastRun.duration(to: now) > Self.longest(watch.isComplete) else { continue }
            (changedSince, lastRun) = (nil, now)
            await refreshing.beginAgain()
        }
    }

    /// How long nobody looks into folders that nothing is heard of: the system may not tell of all that happens on disks of other
    /// machines.
    private static func longest(_ isComplete: Bool) -> Duration { isComplete ? .seconds(3600) : .seconds(60) }
}
