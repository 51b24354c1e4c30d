import Foundation
import Logging
import SystemPackage
import VisualSearch

/// Brings the catalogue up to date when somebody asks for it, one run at a time, and tells all who listen how it goes.
actor Refreshing {
    /// What listeners are told.
    enum Event: Sendable {
        case progress(RefreshState)
        case skipped(SkippedFile)
        case done(RefreshState)
    }

    private static let skippedLimit = 10_000

    private let engine: SearchEngine
    private let logger: Logger
    private var listeners: [Int: AsyncStream<Event>.Continuation] = [:]
    private var lastListener = 0
    private var run: Task<Void, any Error>?
    /// Whether another run follows the one that is under way.
    private var isAskedAgain = false
    /// Whether nothing is done any more.
    private var hasEnded = false
    private let requests: AsyncStream<Void>
    private let request: AsyncStream<Void>.Continuation

    private(set) var state = RefreshState()
    /// Of the last run.
    private(set) var skipped: [SkippedFile] = []

    init(_ engine: SearchEngine, logger: Logger) {
        (self.engine, self.logger) = (engine, logger)
        (requests, request) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Asks for a run, unless one is under way.
    func begin() { if run == nil { beginAgain() } }

    /// Asks for a run, also after the one that is under way.
    func beginAgain() {
        if run == nil { state = RefreshState(stage: .waiting, started: .now) }
        isAskedAgain = true
        request.yield()
    }

    /// Stops the run that is under way; what it found is kept.
    func cancel() { run?.cancel() }

    /// What happens from now on; where no run is under way, how the last one ended.
    func events() -> AsyncStream<Event> {
        let (stream, listener) = AsyncStream.makeStream(
            of: Event.self, bufferingPolicy: .bufferingNewest(2 * Self.skippedLimit))
        guard !hasEnded, state.stage.isUnderWay || isAskedAgain else {
            listener.yield(.done(state))
            listener.finish()
            return stream
        }
        lastListener += 1
        let number = lastListener
        listeners[number] = listener
        listener.onTermination = { _ in Task { await self.forget(number) } }
        listener.yield(.progress(state))
        for file in skipped { listener.yield(.skipped(file)) }
        return stream
    }

    private func forget(_ number: Int) { listeners[number] = nil }

    /// Does what is asked for until the task is cancelled.
    func serve() async {
        for await _ in requests {
            let run = Task { try await refresh() }
            self.run = run
            let result = await withTaskCancellationHandler {
                await run.result
            } onCancel: {
                run.cancel()
            }
            end(result)
            self.run = nil
            if Task.isCancelled { break }
        }
        hasEnded = true
        dismissListeners()
    }

    private func refresh() async throws {
        (state, skipped, isAskedAgain) = (RefreshState(stage: .listing, started: .now), [], false)
        tell()
        var last = ContinuousClock.now
        for try await event in engine.refresh(try await folders()) {
            take(event)
            let now = ContinuousClock.now
            guard last.duration(to: now) > .milliseconds(100) else { continue }
            last = now
            tell()
        }
    }

    /// A folder that is gone keeps its photos in the catalogue: it may lie on a disk that is not there at the moment.
    private func folders() async throws -> [PhotoFolder] {
        return try await engine.roots.compactMap { path in
            do { return try PhotoFolder(path) } catch {
                skip(SkippedFile(path: path.written, reason: "\(error)"))
                return nil
            }
        }
    }

    private func take(_ event: IndexingEvent) {
        state.counts.count(event)
        switch event {
        case .waiting: state.stage = .waiting
        case .listed:
            state.stage = .examining
            state.examiningSince = .now
        case .skipped(let path, let reason, _): skip(SkippedFile(path: path.written, reason: reason.description))
        case .folding: state.stage = .sorting
        case .examined, .remaining, .removed, .idle: break
        }
    }

    private func skip(_ file: SkippedFile) {
        if skipped.count < Self.skippedLimit { skipped.append(file) }
        for listener in listeners.values { listener.yield(.skipped(file)) }
    }

    private func tell() {
        for listener in listeners.values { listener.yield(.progress(state)) }
    }

    private func end(_ result: Result<Void, any Error>) {
        switch result {
        case .success: state.stage = .done
        case .failure(is CancellationError): state.stage = .cancelled
        case .failure(let error): (state.stage, state.error) = (.failed, "\(error)")
        }
        state.ended = .now
        logger.info(
            "refresh",
            metadata: [
                "stage": "\(state.stage.rawValue)", "added": "\(state.counts.added)",
                "changed": "\(state.counts.changed)", "removed": "\(state.counts.removed)",
                "skipped": "\(state.counts.skipped)", "error": "\(state.error ?? "")",
            ])
        // Whoever waits for a folder that was added meanwhile waits for the run that looks into it.
        if isAskedAgain { tell() } else { dismissListeners() }
    }

    private func dismissListeners() {
        for listener in listeners.values {
            listener.yield(.done(state))
            listener.finish()
        }
        listeners = [:]
    }
}

extension RefreshState.Stage {
    /// Whether more is to come.
    var isUnderWay: Bool {
        switch self {
        case .waiting, .listing, .examining, .sorting: true
        case .none, .done, .cancelled, .failed: false
        }
    }
}
