import Catalogue
import SystemPackage

/// Brings the catalogue up to date with folders of photos, as its events are asked for.
///
/// Whoever stops asking stops the work; what was examined until then is in the catalogue, or will be examined
/// by the next run.
public struct IndexingRun: AsyncSequence, Sendable {
    /// A photo that cannot be read is an event too, and no error.
    public typealias Element = IndexingEvent

    let engine: SearchEngine
    /// `nil` for what others have put on the catalogue's list.
    let folders: [PhotoFolder]?

    /// Each iterator is a run of its own, and does nothing before its first `next()`.
    public func makeAsyncIterator() -> Iterator {
        Iterator(engine: engine, folders: folders)
    }

    /// Begins work only when it is asked for an event; work under way is cancelled with it.
    public struct Iterator: AsyncIteratorProtocol {
        private enum Stage {
            case planning
            case joining
            case locking
            case examining
            case folding
            case done
        }

        private let engine: SearchEngine
        private let folders: [PhotoFolder]?
        private var stage = Stage.planning
        private var examination: Examination?
        private var backlog: Backlog?
        /// When somebody was seen at work, for who is to help.
        private var lastSight = ContinuousClock.now
        private var events: ArraySlice<IndexingEvent> = []

        init(engine: SearchEngine, folders: [PhotoFolder]?) {
            self.engine = engine
            self.folders = folders
        }

        /// Throws `CatalogueError`, `SearchError` or `EmbedderError`; in a cancelled task, a `CancellationError` after
        /// what was examined is recorded.
        public mutating func next() async throws -> IndexingEvent? {
            while events.isEmpty {
                guard stage != .done else { return nil }
                do { events = try await advance()[...] } catch {
                    stage = .done
                    throw error
                }
            }
            return events.popFirst()
        }

        private mutating func advance() async throws -> [IndexingEvent] {
            switch stage {
            case .planning: return try await begin()
            case .joining: return try await join()
            case .locking: return try await takeLock()
            case .examining: return try await examine()
            case .folding: return try await fold()
            case .done: return []
            }
        }

        /// Where nothing has changed, which is the rule, no lock is needed.
        private mutating func begin() async throws -> [IndexingEvent] {
            try Task.checkCancellation()
            guard let folders else { return try await join() }
            let plan = try await engine.plan(for: folders)
            let pending = try await engine.index.pendingCount()
            guard plan.isEmpty, pending == 0 else {
                stage = .locking
                return try await engine.catalogue.attemptLock() == nil ? [.waiting] : []
            }
            stage = .done
            try await completeTypes()
            return announce(plan)
        }

        /// Searches are right without, so nobody waits for it, and who may only read leaves it to others.
        private func completeTypes() async throws {
            guard try await engine.lacksTypes, let lock = try await engine.catalogue.attemptLock() else { return }
            defer { _ = lock }
            do { try await engine.completeTypes() } catch CatalogueError.noPermission {}
        }

        /// Takes part in what another run has begun.
        private mutating func join() async throws -> [IndexingEvent] {
            guard let list = engine.catalogue.workList(of: engine.space) else { throw SearchError.sharesNoWork }
            let standing = try await list.standing()
            guard standing.left > 0 else { return try await awaitList() }
            await engine.expect(standing.open)
            examination = try await Examination(of: IndexingPlan(), engine: engine, lock: nil)
            stage = .examining
            return [.listed(unchanged: 0, toExamine: standing.left)]
        }

        /// For how long nobody has to be at work before nobody is waited for: who leads looks at folders first, for which it takes
        /// no lock.
        private static let patience = Duration.seconds(10)

        private mutating func awaitList() async throws -> [IndexingEvent] {
            let isAlone = try await engine.catalogue.attemptLock() != nil
            if isAlone, lastSight + Self.patience < .now {
                stage = .done
                return [.idle]
            }
            let isNews = !isAlone && stage != .joining
            if !isAlone { (stage, lastSight) = (.joining, .now) }
            try await Task.sleep(for: .seconds(isNews ? 0 : 1))
            return isNews ? [.waiting] : []
        }

        /// Whoever had the lock may have done the work meanwhile, so it is planned anew.
        private mutating func takeLock() async throws -> [IndexingEvent] {
            guard let lock = try await engine.catalogue.attemptLock() else { return try await wait() }
            try await engine.mapKnown()
            let plan = try await engine.plan(for: folders ?? [])
            await engine.expect(plan.toExamine.count)
            examination = try await Examination(of: plan, engine: engine, lock: lock)
            stage = .examining
            return announce(plan)
        }

        private mutating func wait() async throws -> [IndexingEvent] {
            try await Task.sleep(for: .milliseconds(100))
            backlog = backlog ?? Backlog(of: engine.catalogue.workList(of: engine.space))
            return await backlog?.events() ?? []
        }

        private mutating func examine() async throws -> [IndexingEvent] {
            if let events = try await examination?.next() { return events }
            // Who only helps leaves the rest to the run that it helped.
            stage = folders == nil ? .done : .folding
            guard stage == .folding else { return [] }
            let removed = try await examination?.finish() ?? []
            let count = try await engine.index.pendingCount()
            return removed + (count > 0 ? [.folding(count)] : [])
        }

        private mutating func fold() async throws -> [IndexingEvent] {
            stage = .done
            try await examination?.confirmLock()
            try await engine.fold()
            try await engine.completeTypes()
            return []
        }

        private func announce(_ plan: IndexingPlan) -> [IndexingEvent] {
            engine.work.add(plan.unchanged + plan.toExamine.count, to: \.listed)
            return [.listed(unchanged: plan.unchanged, toExamine: plan.toExamine.count)]
                + plan.skipped.map { .skipped($0.path, $0.reason, opened: false) }
        }
    }
}
