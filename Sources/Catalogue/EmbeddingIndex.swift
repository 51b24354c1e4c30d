public import Vectors

/// Finds the nearest of one space's embeddings, as the catalogue has them at the moment.
public protocol EmbeddingIndex: Sendable {
    /// What searches that ask in one way look through, brought up to date with what any process did to the catalogue.
    func contents(for request: NearestRequest) async throws -> any NearestContents

    /// Another number whenever embeddings may have come or gone since; `nil` before anybody has searched.
    var revision: Int64? { get async }

    /// How many embeddings would be taken into the index that are found more slowly now; 0 where it is not worth while.
    func pendingCount() async throws -> Int

    /// Takes them in, unless another process is at it. Where nothing can be written, searches are slower and find the same.
    func foldIfDue() async

    /// Takes them in. What cannot be written is a trouble to be told of, and no failure. For whoever has the catalogue's lock.
    func fold() async throws

    /// Finds out what searches of one kind need to know, so that none of them has to wait for it. For whoever has the catalogue's
    /// lock.
    func prepare(for request: NearestRequest) async throws

    /// Makes the index anew where a vector turned out to be damaged.
    func mend(_ damage: VectorError) async throws

    /// What was noticed since the last time, a sentence each.
    func takeTroubles() async -> [String]
}

/// How an index is asked, whatever the queries are.
public struct NearestRequest: Sendable {
    /// By which photos may be found; `nil` for all that the catalogue has.
    public let selection: PhotoSelection?
    /// What contents must be taken for, as `PhotoRecord.type` has it; `nil` for anything. Only catalogues that know all types
    /// (`TypeCoverage.complete`) heed it.
    public var types: Set<Int16>?
    /// How alike is meant.
    public let metric: Metric
    /// The share of the nearest that must be found, up to 1; `nil` for what is usual where there are so many.
    public let recall: Double?
    /// Whether what others find is an answer where some of the servers that hold embeddings are missing; an error where not.
    public var acceptsMissing = false
    /// How many processors a search takes at most.
    public let tasks: Int
    /// Tells what recall was measured for from all else that may be asked of the same embeddings.
    public let name: String
    /// What is asked with to find embeddings like this one.
    public let query: @Sendable (Embedding) -> Embedding

    /// Nothing is looked at before an index is given the request.
    public init(
        selection: PhotoSelection?, metric: Metric, recall: Double?, tasks: Int, name: String,
        query: @escaping @Sendable (Embedding) -> Embedding
    ) {
        (self.selection, self.metric, self.recall, self.tasks) = (selection, metric, recall, tasks)
        (self.name, self.query) = (name, query)
    }

    /// What is found of the nearest photos where there are too many to look at all.
    public static let usualRecall = 0.99
}

/// The contents that may be found, and what knows the nearest of them.
public protocol NearestContents: Sendable {
    /// The share of the nearest that is found; `nil` where all are.
    var recall: Estimate? { get }

    /// So many contents at most that are nearest to each query, and their photos. Contents may be among them whose photos are
    /// not selected, or gone; none is missing that is selected, but for what `recall` says.
    mutating func nearest(_ limit: Int, to queries: [Embedding]) async throws -> NearestPhotos
}

/// What is nearest to some queries.
public struct NearestPhotos: Sendable {
    /// In the order of the queries.
    public let answers: [NearestAnswer]
    /// Of the contents that were found, in the order of their paths' bytes.
    public let photos: [Int64: [Photo]]
    /// The names of the servers that did not answer: what only they hold was not looked at. None, but where that is accepted.
    public var missing: Set<String> = []
}
