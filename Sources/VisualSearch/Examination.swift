import Catalogue
import Hashing
import SystemPackage

/// Opens the files of a plan, several batches at once, and records what they hold in the order of the plan.
///
/// Each batch is read, decoded and embedded by one task on one processor, so decoding one batch overlaps
/// embedding another and no processor waits. A device embeds the photos of several batches together, while the
/// processors decode the next. Used by one iterator alone.
final class Examination {
    /// How long examined photos may be lost to a kill.
    private static let commitInterval = Duration.seconds(2)
    /// A batch's files are in memory together, so few that are large are a batch too.
    private static let batchLength = 16 << 20

    private let engine: SearchEngine
    private let lock: CatalogueLock
    private var plan: IndexingPlan
    private var rest: ArraySlice<FolderListing.File>
    private var running: [Task<[ExaminedFile], any Error>] = []
    private let claims = Claims()
    private var failure: (any Error)?
    private var uncommitted: [PhotoRecord] = []
    private var lastCommit = ContinuousClock.now

    init(of plan: IndexingPlan, engine: SearchEngine, lock: consuming CatalogueLock) {
        self.plan = plan
        self.engine = engine
        self.lock = lock
        rest = plan.toExamine[...]
    }

    deinit { for task in running { task.cancel() } }

    /// The events of the next batch, or `nil` when all are examined and recorded.
    ///
    /// After a failure, or when the task is cancelled, what was examined until then comes first.
    func next() async throws -> [IndexingEvent]? {
        if Task.isCancelled { return try await stop(because: CancellationError()) }
        if let failure { return try await stop(because: failure) }
        await startTasks()
        guard let first = running.first else {
            try await commit()
            return nil
        }
        switch await first.result {
        case .failure(let error): return try await stop(because: error)
        case .success(let files):
            running.removeFirst()
            await startTasks()
            let events = take(files)
            if ContinuousClock.now - lastCommit > Self.commitInterval { try await commit() }
            return events
        }
    }

    /// Waits until no task works any more, since a network must not be at work when its program ends, and keeps what
    /// they found. Throws once there is nothing left to tell.
    private func stop(because error: any Error) async throws -> [IndexingEvent] {
        guard !running.isEmpty || !uncommitted.isEmpty else { throw error }
        failure = error
        for task in running { task.cancel() }
        var events: [IndexingEvent] = []
        for task in running { events += take((try? await task.value) ?? []) }
        running = []
        try await commit()
        return events
    }

    private func take(_ files: [ExaminedFile]) -> [IndexingEvent] {
        uncommitted += files.compactMap(\.record)
        return files.map { event(for: $0) }
    }

    /// Forgets the files that are gone.
    func finish() async throws -> [IndexingEvent] {
        try await engine.catalogue.forget(plan.gone + plan.unreadable)
        return plan.removed.map { .removed($0) }
    }

    private func startTasks() async {
        let limit = await engine.batchesUnderWay
        while running.count < limit, !rest.isEmpty {
            let batch = nextBatch()
            running.append(Task { [engine, claims] in try await engine.examine(batch, claims: claims) })
        }
    }

    private func nextBatch() -> [FilePath] {
        var (batch, length) = ([FilePath](), Int64(0))
        while let file = rest.first, batch.count < SearchEngine.batchSize,
            batch.isEmpty || length + file.stamp.size <= Self.batchLength
        {
            batch.append(file.path)
            length += file.stamp.size
            rest.removeFirst()
        }
        return batch
    }

    private func commit() async throws {
        try await engine.catalogue.record(uncommitted, space: engine.space)
        uncommitted = []
        lastCommit = .now
    }

    private func event(for file: ExaminedFile) -> IndexingEvent {
        switch file.result {
        case .failure(let reason):
            plan.lose(file.path)
            return .skipped(file.path, reason, opened: true)
        case .success(let record):
            if let fault = file.fault { return .skipped(file.path, fault, opened: true) }
            return .examined(file.path, plan.outcome(of: file.path, record.digest))
        }
    }
}
