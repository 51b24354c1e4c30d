import Vectors

/// How much of an index is looked at, and what share of the nearest is found then.
struct MeasuredEffort: Sendable {
    let effort: SearchEffort
    /// `nil` where everything is found.
    let recall: Estimate?

    static let exact = MeasuredEffort(effort: .exact, recall: nil)

    init(_ tuning: RecallTuning) {
        (effort, recall) = (.partitions(tuning.partitions), tuning.recall)
    }

    private init(effort: SearchEffort, recall: Estimate?) {
        self.effort = effort
        self.recall = recall
    }
}

/// What was measured on the segments of an index, kept beside them.
struct RecallTunings: Codable, Sendable {
    /// The segments' names. Of any others nothing is known.
    let segments: [String]
    /// By the recall that was wanted, and what was meant.
    var tunings: [String: RecallTuning] = [:]
}
