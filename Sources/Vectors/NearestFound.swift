import HeapModule

/// The best of those that were compared so far.
struct NearestFound {
    /// A vector and its score (`ScoredQuery`).
    struct Candidate: Comparable {
        let score: Double
        let id: Int64

        /// The better one is less.
        static func < (left: Candidate, right: Candidate) -> Bool {
            left.score == right.score ? left.id < right.id : left.score > right.score
        }
    }

    let limit: Int
    private var floor: Double
    private let common: CommonFloor?
    private var kept = Heap<Candidate>()

    /// What tasks find that look for the same in other places is worth nothing once `common` is above it.
    init(limit: Int, common: CommonFloor? = nil) {
        self.limit = limit
        self.common = common
        floor = limit > 0 ? -.infinity : .infinity
    }

    /// A score below which nothing is wanted any more; what has it may still be, for its lower number.
    var least: Double { Swift.max(floor, common?.value ?? -.infinity) }

    mutating func insert(_ id: Int64, score: Double) {
        guard score >= least else { return }
        let candidate = Candidate(score: score, id: id)
        if kept.count < limit {
            kept.insert(candidate)
        } else if let worst = kept.max, candidate < worst {
            kept.replaceMax(with: candidate)
        }
        guard kept.count == limit, let worst = kept.max else { return }
        floor = worst.score
        common?.raise(to: floor)
    }

    mutating func merge(_ other: NearestFound) {
        for candidate in other.kept.unordered { insert(candidate.id, score: candidate.score) }
    }

    /// Nearest first.
    var sorted: [Candidate] { kept.unordered.sorted() }

    func neighbors(_ metric: Metric) -> [Neighbor] {
        sorted.map { Neighbor(id: $0.id, similarity: metric.similarity(ofScore: $0.score)) }
    }
}
