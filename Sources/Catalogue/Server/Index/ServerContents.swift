import Postgres
import Vectors

/// The contents of a space on a server, as one kind of search asks for them.
struct ServerContents: NearestContents {
    private let space: EmbeddingSpace
    private let catalogue: PostgresCatalogue
    private let request: NearestRequest
    /// `nil` where all embeddings are compared.
    private let effort: GraphEffort?
    /// Whether so few photos are selected that each is compared; `nil` before anybody has counted.
    private var isFew: Bool?

    init(of space: EmbeddingSpace, in catalogue: PostgresCatalogue, _ request: NearestRequest, _ effort: GraphEffort?) {
        (self.space, self.catalogue, self.request, self.effort) = (space, catalogue, request, effort)
    }

    var recall: Estimate? { isFew == true ? nil : effort?.recall }

    /// More photos than these are looked for in the graph, which goes on until enough of what it finds is selected.
    private static let fewPhotos = 50_000
    /// Where more than these are wanted, comparing all is quicker than looking for them.
    private static let mostInGraph = 2000

    mutating func nearest(_ limit: Int, to queries: [Embedding]) async throws -> NearestPhotos {
        let isFew = try await countedFew()
        let (space, catalogue, request) = (space, catalogue, request)
        let effort = limit > Self.mostInGraph ? nil : effort
        let found = try await withThrowingTaskGroup(of: (Int, FoundNearest).self) { group in
            for (place, query) in queries.enumerated() {
                group.addTask {
                    let statement = NearestStatement(request, effort, isFew: isFew, limit: limit, query: query)
                    return (place, try await catalogue.nearest(statement, in: space))
                }
            }
            return try await group.reduce(into: [Int: FoundNearest]()) { $0[$1.0] = $1.1 }
        }
        let answers = queries.indices.map { found[$0]!.answer }
        let photos = found.values.reduce(into: [Int64: [Photo]]()) { $0.merge($1.photos) { first, _ in first } }
        return NearestPhotos(answers: answers, photos: photos)
    }

    private mutating func countedFew() async throws -> Bool {
        if let isFew { return isFew }
        guard let selection = request.selection else { return false }
        let count = try await catalogue.read { connection in
            var parameters = StatementParameters()
            let condition = selection.condition(&parameters)
            return try await connection.count(
                "SELECT count(*) FROM (SELECT FROM photo WHERE \(condition) LIMIT \(Self.fewPhotos + 1)) AS found",
                parameters.values)
        }
        isFew = count <= Self.fewPhotos
        return count <= Self.fewPhotos
    }
}

/// What a statement found.
struct FoundNearest: Sendable {
    let answer: NearestAnswer
    let photos: [Int64: [Photo]]
}

extension PostgresCatalogue {
    /// What the server finds nearest is compared once more, to the last digit and as everywhere else.
    fileprivate func nearest(_ statement: NearestStatement, in space: EmbeddingSpace) async throws -> FoundNearest {
        let none = (index: VectorIndex(dimension: space.dimension), photos: [Int64: [Photo]]())
        let (index, photos) = try await search(space, else: none) { table, connection in
            let (text, parameters) = statement.statement(on: table)
            return try Self.found(try await connection.query(text, parameters, with: statement.settings), space)
        }
        let answer = try await index.nearest(
            statement.limit, to: [statement.query], metric: statement.metric, effort: .exact, tasks: 1)[0]
        return FoundNearest(answer: answer, photos: photos)
    }

    /// A content comes as often as it has photos.
    private static func found(_ rows: PostgresRows, _ space: EmbeddingSpace) throws
        -> (index: VectorIndex, photos: [Int64: [Photo]])
    {
        var (index, photos) = (VectorIndex(dimension: space.dimension), [Int64: [Photo]]())
        for row in rows {
            let content = try row.int64(0)
            if photos[content] == nil {
                photos[content] = []
                try index.insert(content, Embedding(try row.floats(1)))
            }
            if !row.isNull(2) { photos[content]?.append(try Photo(row, from: 2)) }
        }
        return (index, photos.mapValues { $0.sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) } })
    }
}
