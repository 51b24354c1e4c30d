public import SystemPackage
public import Vectors

/// The look-alikes of one query.
public struct SearchAnswer: Sendable, Hashable {
    /// Nearest first.
    public internal(set) var results: [SearchResult]
    /// Whether the query shows so little of what garments’ photos have that none here looks like it, and the results are but
    /// the least unlike; `false` where the model does not know, or nobody asked.
    public internal(set) var looksLikeNothing = false
    /// How many of the nearest were ranked once more (`SearchOptions.reranking`); `nil` where none were.
    public internal(set) var rankedAgain: Int?
    /// The query itself and its copies in the folders, where they are not among the results.
    public let identicalPhotos: [PhotoPlace]
    /// What share of the nearest photos is found where not all are looked at, measured on the catalogue itself; `nil`
    /// where the results are exact.
    public let recall: Estimate?
    /// The servers that did not answer, by their names, where the catalogue is spread over several and that is accepted
    /// (`SearchOptions.acceptsPartial`): what only they hold was not looked at.
    public private(set) var missing: [String] = []

    /// The same answer if nothing had been found.
    public var withoutResults: SearchAnswer {
        var answer = self
        answer.results = []
        return answer
    }

    /// What another process found.
    public init(
        results: [SearchResult], identical: [PhotoPlace], recall: Estimate?, looksLikeNothing: Bool, rankedAgain: Int?,
        missing: [String]
    ) {
        self.init(results: results, identical: identical, recall: recall)
        (self.looksLikeNothing, self.rankedAgain, self.missing) = (looksLikeNothing, rankedAgain, missing)
    }

    init(results: [SearchResult], identical: [PhotoPlace], recall: Estimate?) {
        (self.results, identicalPhotos, self.recall) = (results, identical, recall)
    }

    /// As it was found without some servers.
    func missing(_ servers: Set<String>) -> SearchAnswer {
        var answer = self
        answer.missing = servers.sorted()
        return answer
    }

    /// Where those are.
    public var identical: [FilePath] { identicalPhotos.map(\.path) }
}
