import Postgres
import Vectors

/// A search as a server is asked for it, in one statement: the nearest contents, with their embeddings and their photos.
struct NearestStatement: Sendable {
    let limit: Int
    let query: Embedding
    let metric: Metric
    /// How many candidates are looked at in the graph; `nil` where each embedding is compared.
    let candidates: Int?
    private let selection: PhotoSelection?
    private let isFew: Bool

    /// Where few photos are selected, each is compared, whatever the effort.
    init(_ request: NearestRequest, _ effort: GraphEffort?, isFew: Bool, limit: Int, query: Embedding) {
        (self.limit, self.query, self.isFew) = (limit, query, isFew)
        (metric, selection) = (request.metric, request.selection)
        candidates = isFew ? nil : effort?.candidates
    }

    /// Of the session. A graph is looked through until enough is found.
    var settings: [String: String] {
        guard let candidates else { return [:] }
        return ["hnsw.ef_search": "\(candidates)", "hnsw.iterative_scan": "relaxed_order"]
    }

    /// How many more are asked for than are wanted: what the server holds for a little farther may be the nearer one.
    private static let spare = 8

    func statement(on table: SpaceTable) -> (text: String, parameters: [PostgresValue]) {
        var parameters = StatementParameters()
        let query = parameters.add(.vector(query.values))
        // A number in the text, by which the server knows how little is wanted.
        let nearest = """
            SELECT embedding.content, vector FROM \(source(table, &parameters))
            ORDER BY \(distance(to: query, in: table)) LIMIT \(min(limit, 1 << 40) + Self.spare)
            """
        return (
            """
            SELECT nearest.content, nearest.vector, \(Photo.serverColumns) FROM (\(nearest)) AS nearest
            LEFT JOIN photo ON photo.content = nearest.content LEFT JOIN content ON content.id = nearest.content
            """, parameters.values
        )
    }

    /// Which embeddings may be found. Few are gone through by their photos; of many, each is asked for its photos.
    private func source(_ table: SpaceTable, _ parameters: inout StatementParameters) -> String {
        guard let selection else { return "\(table.name) AS embedding" }
        let condition = selection.condition(&parameters)
        return isFew
            ? """
            (SELECT DISTINCT content FROM photo WHERE \(condition)) AS selected
            JOIN \(table.name) AS embedding USING (content)
            """
            : """
            \(table.name) AS embedding
            WHERE EXISTS (SELECT FROM photo WHERE photo.content = embedding.content AND \(condition))
            """
    }

    private func distance(to query: String, in table: SpaceTable) -> String {
        if candidates != nil, let graph = VectorGraph(of: table, metric) { return graph.distance(to: query) }
        return "vector \(metric.vectorOperator) \(query)::vector"
    }
}

extension Metric {
    /// pgvector's operator, which is the less the nearer.
    fileprivate var vectorOperator: String {
        switch self {
        case .cosine: "<=>"
        case .euclidean: "<->"
        case .dot: "<#>"
        }
    }
}

/// The parameters of a statement that is put together.
struct StatementParameters: Sendable {
    private(set) var values: [PostgresValue] = []

    /// How the statement calls it.
    mutating func add(_ value: PostgresValue) -> String {
        values.append(value)
        return "$\(values.count)"
    }
}
