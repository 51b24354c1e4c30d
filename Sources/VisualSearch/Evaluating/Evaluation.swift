public import Evaluation
public import SystemPackage

/// What a search found for a query of which it is known what was meant.
public struct JudgedQuery: Sendable {
    /// One that was found.
    public struct Found: Sendable, Hashable {
        /// Absolute.
        public let path: FilePath
        /// `nil` for a photo without one.
        public let label: String?
        /// Whether it was meant.
        public let isRelevant: Bool
        /// By the metric of the search.
        public let similarity: Float
    }

    /// The photo that asked.
    public let photo: LabelledPhoto
    /// The nearest first, as many as measures look at.
    public let found: [Found]
    /// What that is worth.
    public let judgement: Judgement
}

/// How good the answers of an engine are.
public struct QualityReport: Sendable {
    /// In the order of the protocol.
    public let queries: [JudgedQuery]
    /// How many photos could be found.
    public let galleryCount: Int
    /// Photos of the gallery that the engine could not describe, and so never finds.
    public let missing: [FilePath]
    /// Queries that could not be read, which count nowhere.
    public let failures: [(query: FilePath, reason: SkipReason)]

    /// Over all queries.
    public var scores: Scores { Scores(queries.map(\.judgement)) }

    /// Over the queries with each label, in the order of the labels.
    public var scoresByLabel: [(label: String, scores: Scores)] {
        Dictionary(grouping: queries, by: \.photo.label).sorted { $0.key < $1.key }.map { label, queries in
            (label, Scores(queries.map(\.judgement)))
        }
    }

    /// Those that got least by the average precision of the first ten, the worst first.
    public func worst(_ count: Int) -> [JudgedQuery] {
        let worth = queries.map { Measure.averagePrecisionAt10.value(of: $0.judgement) }
        return queries.indices.sorted { (worth[$0], $0) < (worth[$1], $1) }.prefix(count).map { queries[$0] }
    }

    /// By how much this report is better than another one of the same protocol, query by query.
    public func differences(from other: QualityReport) -> Scores {
        let others = Dictionary(other.queries.map { ($0.photo, $0.judgement) }) { $1 }
        return Scores(
            differences: queries.compactMap { query in others[query.photo].map { (query.judgement, $0) } })
    }
}
