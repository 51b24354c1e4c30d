/// A file with some of a space's embeddings, which is made from the catalogue and never changed.
struct IndexSegment: Sendable, Hashable {
    /// Tells the file from all others that were made from this catalogue.
    let name: String
    /// The file knows the changes up to this one, and none after it.
    let sequence: Int64
    /// How many embeddings are in the file, those that were removed since included.
    let rows: Int
}

/// An embedding as the log of changes knows it.
struct AddedEmbedding: Sendable, Hashable {
    /// What it describes, by the catalogue's number.
    let content: Int64
    /// The change by which it came in last.
    let sequence: Int64
}

/// How the segments of a space stand to its embeddings at one moment.
///
/// Every embedding of the space is either in exactly one segment from which it was not removed, or among those that were
/// handed over with the snapshot.
struct IndexSnapshot: Sendable, Hashable {
    /// In the order in which they were recorded.
    let segments: [IndexSegment]
    /// The latest removal of each content that was removed since the earliest segment, or since the change that was asked
    /// for; the content may have come back later.
    let removals: [Int64: Int64]
    /// The embeddings that were added after this change were handed over; 0 means all of them.
    let since: Int64
    /// The last change that the snapshot knows, in whichever space: that of the moment, or of the last embedding that
    /// was handed over where not all were asked for.
    var sequence: Int64

    /// Whether a segment's row of some content is to be passed over. Holds of snapshots that were taken without `since`.
    func isRemoved(_ content: Int64, from segment: IndexSegment) -> Bool {
        removals[content, default: 0] > segment.sequence
    }
}

/// How much of a space is in which segment, without a look at any embedding.
struct IndexStanding: Sendable, Hashable {
    /// In the order in which they were recorded.
    let segments: [IndexSegment]
    /// How many rows of each segment, by its name, were removed since it was written.
    let removed: [String: Int]
    /// How many embeddings are in no segment.
    let recent: Int
}
