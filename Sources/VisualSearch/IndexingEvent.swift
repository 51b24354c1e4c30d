public import SystemPackage

/// What happens while a catalogue is brought up to date.
public enum IndexingEvent: Sendable, Hashable {
    /// Another process is bringing the catalogue up to date; this run goes on when it is done.
    case waiting
    /// No process is bringing the catalogue up to date, so there is nothing to help with.
    case idle
    /// All folders are listed: so many photos are as the catalogue says, and so many files have to be opened.
    case listed(unchanged: Int, toExamine: Int)
    /// Machines that share the work are done with all but so many photos, as is told every few seconds; also while this run waits.
    case remaining(Int)
    /// A file was opened, and is now as the catalogue says.
    case examined(FilePath, Outcome)
    /// A file is not in the catalogue, and why; `opened` unless that was clear without opening it.
    case skipped(FilePath, SkipReason, opened: Bool)
    /// A file is gone, and so it is from the catalogue.
    case removed(FilePath)
    /// So many photos' embeddings are being sorted, so that searches find them fast.
    case folding(Int)

    /// What is new about a file that was opened and is a photo.
    public enum Outcome: Sendable, Hashable {
        case added
        /// Its contents are others than before.
        case changed
        /// It lay elsewhere before.
        case moved(from: FilePath)
        /// Its contents are the same as before; only the file was touched.
        case unchanged
        /// It was known, but not yet to this model.
        case embeddedAnew
    }
}

/// The events of a run, counted.
public struct IndexingSummary: Sendable, Hashable {
    /// Files that have to be opened, known once all folders are listed.
    public private(set) var toExamine = 0
    /// Photos that are new, copies of known ones included.
    public private(set) var added = 0
    /// Photos whose contents are others than at the last run.
    public private(set) var changed = 0
    /// Photos that lay at another path before and are no longer there.
    public private(set) var moved = 0
    /// Photos that the catalogue knew, and this model did not.
    public private(set) var embeddedAnew = 0
    /// Photos that are as the catalogue says, whether or not they had to be opened to see it.
    public private(set) var unchanged = 0
    /// Files that the catalogue forgot because they are gone.
    public private(set) var removed = 0
    /// Files and folders that could not be taken in, opened or not.
    public private(set) var skipped = 0
    /// Files opened so far, of which this run has told.
    public private(set) var examined = 0
    /// What all machines are done with, as far as it was told.
    private var sharedProgress: SharedProgress?

    private struct SharedProgress: Hashable {
        let remaining: Int
        /// What this run had told of by then.
        let examined: Int
    }

    /// Files that are done with, by all machines that share the work; at most `toExamine`.
    public var done: Int {
        guard let sharedProgress else { return examined }
        return min(toExamine, toExamine - sharedProgress.remaining + examined - sharedProgress.examined)
    }

    /// Photos that a search now finds.
    public var searchable: Int { unchanged + added + changed + moved + embeddedAnew }
    /// Whether anything is other than before.
    public var isNews: Bool { added + changed + moved + embeddedAnew + removed > 0 }

    /// Begins with nothing counted; it is meant for the events of one run.
    public init() {}

    /// To be called once with each event, in the order in which the run tells them.
    public mutating func count(_ event: IndexingEvent) {
        switch event {
        case .waiting, .idle, .folding: break
        case .listed(let unchanged, let toExamine):
            (self.unchanged, self.toExamine, sharedProgress) = (unchanged, toExamine, nil)
        case .remaining(let count):
            toExamine = max(toExamine, count)
            sharedProgress = SharedProgress(remaining: count, examined: examined)
        case .examined(_, let outcome):
            examined += 1
            count(outcome)
        case .skipped(_, _, let opened):
            skipped += 1
            examined += opened ? 1 : 0
        case .removed: removed += 1
        }
    }

    private mutating func count(_ outcome: IndexingEvent.Outcome) {
        switch outcome {
        case .added: added += 1
        case .changed: changed += 1
        case .moved: moved += 1
        case .unchanged: unchanged += 1
        case .embeddedAnew: embeddedAnew += 1
        }
    }
}
