import Postgres
import Vectors

/// The contents of a space in the catalogue's own database, as one kind of search asks for them.
struct ServerContents: NearestContents {
    private let space: EmbeddingSpace
    private let catalogue: PostgresCatalogue
    private let request: NearestRequest
    /// `nil` where all embeddings are compared.
    private let effort: GraphEffort?
    private var few: FewPhotos

    init(of space: EmbeddingSpace, in catalogue: PostgresCatalogue, _ request: NearestRequest, _ effort: GraphEffort?) {
        (self.space, self.catalogue, self.request, self.effort) = (space, catalogue, request, effort)
        few = FewPhotos(request.selection)
    }

    var recall: Estimate? { few.isKnownFew == true ? nil : effort?.recall }

    mutating func nearest(_ limit: Int, to queries: [Embedding]) async throws -> NearestPhotos {
        let areFew = try await few.areFew(in: catalogue)
        let (space, catalogue, request, effort) = (space, catalogue, request, effort)
        let candidates = request.selection.map { NearestStatement.Candidates.photos($0, areFew: areFew) } ?? .all
        let found = try await withThrowingTaskGroup(of: (Int, FoundNearest).self) { group in
            for (place, query) in queries.enumerated() {
                group.addTask {
                    let statement = NearestStatement(
                        request.metric, effort, among: candidates, limit: limit, query: query)
                    return (place, try await catalogue.nearest(statement, in: space))
                }
            }
            return try await group.reduce(into: [Int: FoundNearest]()) { $0[$1.0] = $1.1 }
        }
        let answers = queries.indices.map { found[$0]!.answer }
        let photos = found.values.reduce(into: [Int64: [Photo]]()) { $0.merge($1.photos) { first, _ in first } }
        return NearestPhotos(answers: answers, photos: photos)
    }
}

/// What a statement found.
private struct FoundNearest: Sendable {
    let answer: NearestAnswer
    let photos: [Int64: [Photo]]
}

extension PostgresCatalogue {
    fileprivate func nearest(_ statement: NearestStatement, in space: EmbeddingSpace) async throws -> FoundNearest {
        let none = (found: NearestEmbeddings(of: space), photos: [Int64: [Photo]]())
        let (found, photos) = try await search(space, else: none) { table, connection in
            let (text, parameters) = statement.statementWithPhotos(on: table)
            let rows = try await connection.query(text, parameters, with: statement.settings)
            var found = NearestEmbeddings(of: space)
            try found.insert(rows)
            return (found, try Self.photos(rows))
        }
        let answer = try await found.answer(statement.limit, to: statement.query, statement.metric)
        return FoundNearest(answer: answer, photos: photos)
    }

    /// In the order of their paths' bytes. A content comes as often as it has photos.
    private static func photos(_ rows: PostgresRows) throws -> [Int64: [Photo]] {
        try rows.reduce(into: [:]) { photos, row in
            photos[try row.int64(0), default: []] += row.isNull(2) ? [] : [try Photo(row, from: 2)]
        }.mapValues { $0.sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) } }
    }
}
