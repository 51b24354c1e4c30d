import Postgres
import Vectors

/// The contents of a space on a server, or on the shards of a cluster, as one kind of search asks for them.
struct ServerContents: NearestContents {
    private let space: EmbeddingSpace
    private let catalogue: PostgresCatalogue
    private let request: NearestRequest
    /// `nil` where all embeddings are compared.
    private let effort: GraphEffort?
    /// Whether so few photos are selected that each is compared; `nil` before anybody has counted.
    private var isFew: Bool?
    /// What shards are told that may be found, once somebody has looked; a selection that is `nil` is not told.
    private var selected: [Int64]??

    init(of space: EmbeddingSpace, in catalogue: PostgresCatalogue, _ request: NearestRequest, _ effort: GraphEffort?) {
        (self.space, self.catalogue, self.request, self.effort) = (space, catalogue, request, effort)
    }

    var recall: Estimate? { isFew == true ? nil : effort?.recall }

    /// More photos than these are looked for in the graph, which goes on until enough of what it finds is selected.
    private static let fewPhotos = 50_000

    mutating func nearest(_ limit: Int, to queries: [Embedding]) async throws -> NearestPhotos {
        let gathered = try await catalogue.consistently { cluster in
            let selected = try await selectedContents()
            return try await nearest(limit, to: queries, in: cluster, among: selected)
        }
        if let gathered { return gathered }
        return try await nearestHere(limit, to: queries, isFew: try await countedFew())
    }

    /// Of shards, each is asked for the nearest of its own, all at once, and the nearest of these are the nearest of all.
    private func nearest(
        _ limit: Int, to queries: [Embedding], in cluster: Cluster, among selected: [Int64]?
    ) async throws -> NearestPhotos {
        let search = ScatteredSearch(
            space: space, table: try await catalogue.table(of: space), cluster: cluster, request: request,
            effort: effort, selected: selected.map(cluster.slots.split), areFew: isFew == true)
        let found = try await search.nearest(limit, to: queries, at: catalogue.location)
        let contents = Set(found.answers.flatMap(\.neighbors).map(\.id)).sorted()
        let photos = try await catalogue.photos(ofContents: contents)
        return NearestPhotos(answers: found.answers, photos: photos, missing: found.missing)
    }

    /// In the catalogue's own database, which knows the photos as well.
    private func nearestHere(_ limit: Int, to queries: [Embedding], isFew: Bool) async throws -> NearestPhotos {
        let candidates = selection.map { NearestStatement.Candidates.selected($0, areFew: isFew) } ?? .all
        let found = try await withThrowingTaskGroup(of: (Int, FoundNearest).self) { group in
            for (place, query) in queries.enumerated() {
                group.addTask { [space, catalogue, request, effort] in
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

    private var selection: ServerSelection? { ServerSelection(of: request) }

    /// Of more, telling them takes longer than finding more than is wanted.
    private static let mostContents = 500_000

    /// What may be found, which tells whether it is few; `nil` where all may, or so many that what is found is selected from
    /// afterwards.
    private mutating func selectedContents() async throws -> [Int64]? {
        guard let selection else { return nil }
        if let selected { return selected }
        let found = try await catalogue.read(space, else: [Int64]()) { table, connection in
            var parameters = StatementParameters()
            let rows = selection.rows(in: table, &parameters)
            return try await connection.query(
                "SELECT content FROM \(rows.table) WHERE \(rows.condition) LIMIT \(Self.mostContents + 1)",
                parameters.values
            ).map { try $0.int64(0) }
        }
        let told = found.count > Self.mostContents ? nil : Array(Set(found))
        (selected, isFew) = (.some(told), found.count <= Self.fewPhotos)
        return told
    }

    /// They are counted once, and no further than needed.
    private mutating func countedFew() async throws -> Bool {
        if let isFew { return isFew }
        guard let selection else { return false }
        let count = try await catalogue.read(space, else: 0) { table, connection in
            var parameters = StatementParameters()
            let rows = selection.rows(in: table, &parameters)
            return try await connection.count(
                "SELECT count(*) FROM (SELECT FROM \(rows.table) WHERE \(rows.condition) LIMIT \(Self.fewPhotos + 1)) AS found",
                parameters.values)
        }
        isFew = count <= Self.fewPhotos
        return count <= Self.fewPhotos
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
            let rows = try await statement.rows(on: connection, of: table, withPhotos: true)
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
