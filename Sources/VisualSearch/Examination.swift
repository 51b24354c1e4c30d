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
    private let lock: CatalogueLock?
    private let isHelping: Bool
    /// Where the photos are taken from that others take some of, too; `nil` where all are this run's.
    private let list: WorkList?
    private var renewing: Task<Void, Never>?
    private var plan: IndexingPlan
    private var rest: ArraySlice<FolderListing.File>
    private var running: [Task<[ExaminedFile], any Error>] = []
    private let claims = Claims()
    private var failure: (any Error)?
    private var uncommitted: [PhotoRecord] = []
    private var unreadable: [FilePath] = []
    /// What cannot be read on this machine, which only helps: perhaps it can be elsewhere.
    private var refused: Set<FilePath> = []
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
        rest = list == nil ? plan.toExamine[...] : []
        guard let list else { return }
        try await list.add(plan.toExamine.map { WorkList.Item(path: $0.path, size: $0.stamp.size) })
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
        if Task.isCancelled { return try await stop(because: CancellationError()) }
        if let failure { return try await stop(because: failure) }
        try await startTasks()
        guard let first = running.first else {
            try await commit()
            return try await othersAreAtWork() ? [] : nil
        }
        switch await first.result {
        case .failure(let error): return try await stop(because: error)
        case .success(let files):
            running.removeFirst()
            try await startTasks()
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
        try await list?.giveBack()
        return events
    }

    /// Whoever is killed leaves photos behind, which are to be had when their loans have run out.
    private func othersAreAtWork() async throws -> Bool {
        guard let standing = try await list?.standing(), standing.open + standing.elsewhere > refused.count else {
            try await list?.giveBack()
            return false
        }
        if standing.open == 0 { try await Task.sleep(for: .milliseconds(300)) }
        return true
    }

    private func take(_ files: [ExaminedFile]) -> [IndexingEvent] {
        uncommitted += files.compactMap(\.record)
        unreadable += files.filter { $0.record == nil }.map(\.path)
        return files.map { event(for: $0) }
    }

    /// Forgets the files that are gone.
    func finish() async throws -> [IndexingEvent] {
        try await engine.catalogue.forget(plan.gone + plan.unreadable)
        return plan.removed.map { .removed($0) }
    }

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

    private static let batchesOnLoan = 4

    /// No more than are soon done: others want some, too.
    private func taken(from list: WorkList) async throws -> [FolderListing.File] {
        let items = try await list.take(Self.batchesOnLoan * SearchEngine.batchSize)
        try await list.postpone(items.map(\.path).filter(refused.contains))
        return items.filter { !refused.contains($0.path) }.map {
            ($0.path, FileStamp(size: $0.size, modified: 0, changed: 0, inode: 0))
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

    /// A photo that has the contents of another is recorded with it or after it. Where the other was lost to others, and nothing
    /// is under way that could still hold them, the contents are looked at anew.
    private func record(on list: WorkList) async throws {
        let left = try await list.record(uncommitted)
        uncommitted = running.isEmpty ? [] : left.filter { if case .known = $0.finding { true } else { false } }
        let waiting = Set(uncommitted.map(\.path))
        let lost = left.filter { !waiting.contains($0.path) }
        await claims.forget(lost.map(\.digest))
        try await list.postpone(lost.map(\.path))
    }

    private func refuse(_ paths: [FilePath], on list: WorkList) async throws {
        guard isHelping else { return try await list.drop(paths) }
        refused.formUnion(paths)
        try await list.postpone(paths)
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
