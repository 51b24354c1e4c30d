public import Vectors

/// What the rankings of many queries are worth by each measure, on average.
public struct Scores: Sendable, Hashable {
    /// How many queries were asked.
    public let queryCount: Int
    private let estimates: [Measure: Estimate]

    /// The mean over the queries, with its 95 % interval.
    public subscript(measure: Measure) -> Estimate { estimates[measure] ?? Estimate([]) }

    /// What all queries got.
    public init(_ judgements: [Judgement]) {
        self.init(judgements.count) { measure in judgements.map(measure.value) }
    }

    /// By how much the first of each pair is better: what the same query got in two ways. Whether one way is better is seen
    /// in far fewer queries so than by comparing two means (Sakai 2018, paired bootstrap).
    public init(differences pairs: [(Judgement, Judgement)]) {
        self.init(pairs.count) { measure in pairs.map { measure.value(of: $0.0) - measure.value(of: $0.1) } }
    }

    private init(_ queryCount: Int, _ values: (Measure) -> [Double]) {
        self.queryCount = queryCount
        estimates = Dictionary(uniqueKeysWithValues: Measure.allCases.map { ($0, Estimate(values($0))) })
    }
}
