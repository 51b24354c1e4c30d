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
    /// A score below which nothing is wanted any more; what has it may still be, for its lower number.
    private(set) var least: Double
    private let floor: Double
    private var kept = Heap<Candidate>()

    init(limit: Int, above floor: Double = -.infinity) {
        self.limit = limit
        self.floor = floor
        least = limit > 0 ? floor : .infinity
    }

    mutating func insert(_ id: Int64, score: Double) {
        guard score >= least else { return }
        let candidate = Candidate(score: score, id: id)
        if kept.count < limit {
            kept.insert(candidate)
        } else if let worst = kept.max, candidate < worst {
            kept.replaceMax(with: candidate)
        }
        if kept.count == limit, let worst = kept.max { least = worst.score }
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
