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

    let engine: SearchEngine
    private let lock: CatalogueLock?
    let isHelping: Bool
    /// Where the photos are taken from that others take some of, too; `nil` where all are this run's.
    let list: WorkList?
    private var renewing: Task<Void, Never>?
    var plan: IndexingPlan
    private var rest: ArraySlice<FolderListing.File>
    private var backlog: Backlog
    var running: [Task<[ExaminedFile], any Error>] = []
    let claims = Claims()
    private var failure: (any Error)?
    /// Of the plan's photos, those that were examined here, where others examine some, too.
    var own: Set<FilePath> = []
    /// Those that were examined elsewhere and are still to be told of; `nil` before that is known.
    var elsewhere: ArraySlice<FilePath>?
    var uncommitted: [PhotoRecord] = []
    private var unreadable: [FilePath] = []
    /// What cannot be read on this machine, which only helps: perhaps it can be elsewhere.
    var refused: Set<FilePath> = []
    private var lastCommit = ContinuousClock.now

    /// Without a lock, only what others have put on the list is examined.
    init(of plan: IndexingPlan, engine: SearchEngine, lock: consuming CatalogueLock?) async throws {
        self.plan = plan
        self.engine = engine
        switch lock {
        case .some: isHelping = false
        case .none: isHelping = true
        }
        self.lock = lock
        list = engine.catalogue.workList(of: engine.space)
        backlog = Backlog(of: list)
        rest = list == nil ? plan.toExamine[...] : []
        guard let list else { return }
        try await list.add(
            plan.toExamine.map { WorkList.Item(path: $0.path, size: $0.stamp.size) }, withdrawingIn: plan.listed)
        renewing = Task {
            // One that fails is made up for by the next, or the photos are others'.
            while (try? await Task.sleep(for: WorkList.renewal)) != nil { try? await list.renew() }
        }
    }

    deinit {
        renewing?.cancel()
        for task in running { task.cancel() }
    }

    /// The events of the next batch, or `nil` when all are examined and recorded.
    ///
    /// After a failure, or when the task is cancelled, what was examined until then comes first.
    func next() async throws -> [IndexingEvent]? {
        if let failure { return try await stop(because: failure) }
        do {
            try Task.checkCancellation()
            return try await advance()
        } catch {
            return try await stop(because: error)
        }
    }

    private func advance() async throws -> [IndexingEvent]? {
        try await startTasks()
        guard let first = running.first else {
            try await commit()
            return try await othersAreAtWork() ? await backlog.events() : nextElsewhere()
        }
        let files = try await first.value
        running.removeFirst()
        let events = take(files)
        guard ContinuousClock.now - lastCommit > Self.commitInterval else { return events }
        // What is told of is recorded by the stop, if it can be.
        do { try await commit() } catch { failure = error }
        return await events + backlog.events()
    }

    /// Waits until no task works any more, since neither a network nor a library may be at work when its program ends, and keeps
    /// what they found. Throws once there is nothing left to tell.
    private func stop(because error: any Error) async throws -> [IndexingEvent] {
        guard !running.isEmpty || !uncommitted.isEmpty else { throw error }
        failure = error
        for task in running { task.cancel() }
        var events: [IndexingEvent] = []
        for task in running { events += take((try? await task.value) ?? []) }
        running = []
        try await commit()
        try await list?.giveBack()
        return events
    }

    private func take(_ files: [ExaminedFile]) -> [IndexingEvent] {
        if list != nil { own.formUnion(files.map(\.path)) }
        uncommitted += files.compactMap(\.record)
        unreadable += files.filter { $0.record == nil }.map(\.path)
        return files.map { event(for: $0) }
    }

    /// Forgets the files that are gone: since the folders were listed, nobody else may have taken them in again.
    func finish() async throws -> [IndexingEvent] {
        try await confirmLock()
        try await engine.catalogue.forget(plan.gone + plan.unreadable)
        return plan.removed.map { .removed($0) }
    }

    /// Throws where others may be bringing the catalogue up to date, too.
    func confirmLock() async throws { try await lock?.confirm() }

    private func startTasks() async throws {
        let limit = await list == nil ? engine.batchesUnderWay : engine.sharedBatchesUnderWay
        while running.count < limit {
            if rest.isEmpty, let list {
                rest = try await taken(from: list)[...]
            }
            guard !rest.isEmpty else { return }
            let batch = nextBatch()
            running.append(Task { [engine, claims, list] in try await engine.examine(batch, claims: claims, list) })
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
        if let list {
            try await record(on: list)
            try await refuse(unreadable, on: list)
        } else {
            try await engine.catalogue.record(uncommitted, space: engine.space)
            uncommitted = []
        }
        unreadable = []
        lastCommit = .now
    }

    private func event(for file: ExaminedFile) -> IndexingEvent {
        switch file.result {
        case .failure(let reason):
            if reason.tellsOfContents { plan.lose(file.path) }
            return .skipped(file.path, reason, opened: true)
        case .success(let record):
            if let fault = file.fault { return .skipped(file.path, fault, opened: true) }
            return .examined(file.path, plan.outcome(of: file.path, record.digest))
        }
    }
}
