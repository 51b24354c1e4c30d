public import SystemPackage
public import Vectors

/// How to choose among the look-alikes.
public struct SearchOptions: Sendable {
    /// How many results at most.
    public var limit: Int
    /// May be another at each search: the catalogue’s embeddings serve all of them.
    public var metric: Metric
    /// What is meant by alike, where embeddings are made of views; of others, it changes nothing.
    public var match = Match.balanced
    /// Only photos at least this similar.
    public var threshold: Float?
    /// Ranks the query itself, and photos equal to it byte for byte, with the others.
    public var includesIdentical: Bool
    /// Which photos may be found.
    public var filter = PhotoFilter()
    /// The share of the nearest photos that must be found, from 0 to 1: with less than 1, most of a large catalogue is not
    /// looked at. `nil` for all of them, unless there are so many photos that looking at all takes too long
    /// (`SearchEngine.exactLimit`).
    public var recall: Double?
    /// What the nearest photos are ranked by once more; `nil` for nothing else. Similarities are then of that, and `threshold`
    /// too.
    public var reranking: Reranking?
    /// How many of the nearest are ranked once more, at least as many as there are results.
    public var candidates = 100
    /// Whether of results that are nearly the same photo only the first is kept.
    public var isDiverse = false
    /// Whether answers say how sure they are, and whether the query looks like nothing here: see `SearchAnswer`.
    public var assesses = true
    /// How many processors a search takes at most, so that a server has some left for others. `nil` for all.
    public var processors: Int?

    /// By default the ten nearest by cosine, however far they are, without the query and its copies.
    public init(limit: Int = 10, metric: Metric = .cosine, threshold: Float? = nil, includesIdentical: Bool = false) {
        self.limit = limit
        self.metric = metric
        self.threshold = threshold
        self.includesIdentical = includesIdentical
    }
}

extension SearchOptions {
    /// For the photos that are ranked once more.
    var ofCandidates: SearchOptions {
        var options = self
        (options.limit, options.threshold) = (max(limit, candidates), nil)
        return options
    }

    /// So many more that others can take the places of those that are nearly the same.
    var beforeThinning: SearchOptions {
        guard isDiverse else { return self }
        var options = self
        options.limit = limit.multipliedReportingOverflow(by: 4).overflow ? .max : limit * 4
        return options
    }

    var processorsAtMost: Int { max(1, min(processors ?? .max, SearchEngine.processorCount)) }
}

/// A photo that looks like the query.
public struct SearchResult: Sendable, Hashable {
    /// From 1.
    public let rank: Int
    /// Absolute; `PhotoFolder.displayed(_:)` turns it into what the user would write.
    public let path: FilePath
    /// On the scale of the metric that was asked for, where 1 is the most.
    public let similarity: Float
    /// How probable it is that it is of the query’s type, from 0 to 1; `nil` where the model does not know, or nobody asked.
    public internal(set) var sureness: Double?
    /// Whether its file is the query's, byte for byte.
    public let isIdentical: Bool
    /// The catalogue’s number for what is in its file.
    let content: Int64

    init(
        rank: Int, path: FilePath, similarity: Float, sureness: Double? = nil, isIdentical: Bool = false,
        content: Int64 = 0
    ) {
        (self.rank, self.path, self.similarity, self.sureness) = (rank, path, similarity, sureness)
        (self.isIdentical, self.content) = (isIdentical, content)
    }
}

extension SearchResult {
    func ranked(_ rank: Int, similarity: Float) -> SearchResult {
        SearchResult(
            rank: rank, path: path, similarity: similarity, sureness: sureness, isIdentical: isIdentical,
            content: content)
    }
}

/// The look-alikes of one query.
public struct SearchAnswer: Sendable, Hashable {
    /// Nearest first.
    public internal(set) var results: [SearchResult]
    /// Whether the query shows so little of what garments’ photos have that none here looks like it, and the results are but
    /// the least unlike; `false` where the model does not know, or nobody asked.
    public internal(set) var looksLikeNothing = false
    /// The query itself and its copies in the folders, where they are not among the results.
    public let identical: [FilePath]
    /// What share of the nearest photos is found where not all are looked at, measured on the catalogue itself; `nil`
    /// where the results are exact.
    public let recall: Estimate?

    /// The same answer if nothing had been found.
    public var withoutResults: SearchAnswer {
        var answer = self
        answer.results = []
        return answer
    }

    init(results: [SearchResult], identical: [FilePath], recall: Estimate?) {
        (self.results, self.identical, self.recall) = (results, identical, recall)
    }
}
