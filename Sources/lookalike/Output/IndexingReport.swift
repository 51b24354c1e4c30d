import VisualSearch

/// Follows a run and tells people how it goes and what came of it.
struct IndexingReport: Sendable {
    /// Whether each skipped file is named, and not only counted.
    let namesSkipped: Bool
    let verbose: Bool
    private var counts = IndexingSummary()
    private var isIdle = false
    private var bar = ProgressBar("Indexing", counting: .photos)
    private var start = ContinuousClock.now
    private var elapsed = Duration.zero

    /// Follows a run to its end. Ctrl-C ends it sooner, with what was done until then kept.
    init(of run: IndexingRun, namesSkipped: Bool, verbose: Bool) async throws {
        self = try await interruptible {
            var report = IndexingReport(namesSkipped: namesSkipped, verbose: verbose)
            try await report.follow(run)
            return report
        }
    }

    private init(namesSkipped: Bool, verbose: Bool) {
        self.namesSkipped = namesSkipped
        self.verbose = verbose
    }

    /// So many take a second or more.
    private static let manyVectors = 20_000

    var isNews: Bool { counts.isNews || counts.examined > 0 }

    private mutating func follow(_ run: IndexingRun) async throws {
        defer { elapsed = ContinuousClock.now - start }
        do {
            for try await event in run {
                counts.count(event)
                tell(event)
                bar.show(counts.done, of: counts.toExamine)
            }
            bar.clear()
        } catch is CancellationError {
            Console.tell(
                "Stopped. \(counts.done.counted("photo")) of \(counts.toExamine.grouped) done and kept: run again to go on."
            )
            throw CancellationError()
        }
    }

    private mutating func tell(_ event: IndexingEvent) {
        switch event {
        case .idle: isIdle = true
        case .waiting: Console.tell("Another run is bringing the catalogue up to date: waiting for it.")
        case .skipped(let path, let reason, let opened) where namesSkipped || opened:
            Console.tell("skipped \(path.printable): \(reason)")
        case .examined(let path, .moved(let origin)) where verbose:
            Console.tell("moved \(origin.printable) to \(path.printable)")
        case .examined(let path, let outcome) where verbose: Console.tell("\(outcome.word) \(path.printable)")
        case .removed(let path) where verbose: Console.tell("removed \(path.printable)")
        case .folding(let count) where verbose || count > Self.manyVectors:
            Console.tell("Sorting the embeddings of \(count.counted("photo")), so that searches find them fast.")
        default: break
        }
    }

    var summary: String {
        guard !isIdle else { return "Nothing to help with: no run is bringing the catalogue up to date." }
        let parts = [
            (counts.added, "added"), (counts.changed, "changed"), (counts.moved, "moved"), (counts.removed, "removed"),
            (counts.embeddedAnew, "described by this model now"), (counts.skipped, "skipped"),
        ].filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }
        let rate = Double(counts.examined) / max(elapsed.seconds, 0.001)
        let speed =
            counts.examined > 0 ? " in \(elapsed.seconds.rounded(to: 1)) s (\(rate.rounded(to: 0)) photos/s)" : ""
        return
            "\(counts.searchable.counted("photo")): \(parts.isEmpty ? "nothing has changed" : parts.joined(separator: ", "))\(speed)."
    }
}

extension IndexingEvent.Outcome {
    fileprivate var word: String {
        switch self {
        case .added: "added"
        case .changed: "changed"
        case .moved: "moved"
        case .unchanged: "unchanged"
        case .embeddedAnew: "described"
        }
    }
}

extension Workload {
    var sentence: String {
        "\(listed.counted("file")) listed, \(read.grouped) read, \(decoded.counted("photo")) decoded, "
            + "\(embedded.grouped) embedded"
            + (scanned > 0 ? ", \(scanned.counted("embedding")) searched, \(compared.grouped) of them compared" : "")
            + (drawn > 0 ? ", \(drawn.grouped) decoded to be shown." : ".")
    }
}
