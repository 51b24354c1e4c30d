public import Imaging
public import Vectors

/// How to choose among the look-alikes.
public struct SearchOptions: Sendable {
    /// How many results at most.
    public var limit: Int
    /// May be another at each search: the catalogue’s embeddings serve all of them.
    public var metric: Metric
    /// What is meant by alike, where embeddings are made of views; of others, it changes nothing.
    public var match = Match.balanced
    /// Looks for garments like the query’s, but of this colour, which then counts as much as all else. Needs embeddings that are
    /// made of views.
    public var colour: OKLab?
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
    /// How many of the nearest are ranked once more, at least as many as there are results; `Int.max` for all photos.
    public var candidates = 100
    /// Whether of results that are nearly the same photo only the first is kept.
    public var isDiverse = false
    /// Whether answers say how sure they are, and whether the query looks like nothing here: see `SearchAnswer`.
    public var assesses = true
    /// Whether what is found on the others is an answer where servers are missing that a catalogue is spread over; an error where
    /// not. The answer says which (`SearchAnswer.missing`).
    public var acceptsPartial = false
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
        if ranksAll { options.recall = 1 }
        return options
    }

    /// Whether no photo is left out of what is ranked once more.
    public var ranksAll: Bool { reranking != nil && candidates == .max }

    /// So many more that others can take the places of those that are nearly the same.
    var beforeThinning: SearchOptions {
        guard isDiverse else { return self }
        var options = self
        options.limit = 4 * min(limit, .max / 4)
        return options
    }

    var processorsAtMost: Int { max(1, min(processors ?? .max, SearchEngine.processorCount)) }
}
