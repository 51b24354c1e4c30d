import Postgres
import Vectors

/// A search as a server is asked for it, in one statement: the nearest contents, with their embeddings.
struct NearestStatement: Sendable {
    /// What may be found.
    enum Candidates: Sendable {
        case all
        /// Of few contents, each is compared, whatever the effort.
        case selected(ServerSelection, areFew: Bool)
        /// The same of contents that are told one by one.
        case contents([Int64], areFew: Bool)
    }

    let limit: Int
    let query: Embedding
    let metric: Metric
    let candidates: Candidates
    /// How many are looked at in the graph; `nil` where each embedding is compared.
    private var effort: Int?

    /// Where more are wanted than are worth looking for in the graph, comparing all is quicker.
    init(
        _ metric: Metric, _ effort: GraphEffort?, among candidates: Candidates, limit: Int, query: Embedding,
        mostInGraph: Int = 2000
    ) {
        (self.metric, self.candidates, self.limit, self.query) = (metric, candidates, limit, query)
        self.effort =
            switch candidates {
            case .all, .selected(_, areFew: false), .contents(_, areFew: false):
                limit > mostInGraph ? nil : effort?.candidates
            case .selected(_, areFew: true), .contents(_, areFew: true): nil
            }
    }

    /// What a server finds: contents and embeddings, with all photos that have the contents where these are wanted, too.
    ///
    /// A graph is looked through until enough is found, or as much was seen as the server's settings allow
    /// (`hnsw.max_scan_tuples`), of which little may be selected: then each embedding is compared after all.
    func rows(on connection: PostgresConnection, of table: SpaceTable, withPhotos: Bool = false) async throws
        -> PostgresRows
    {
        let (text, parameters) = withPhotos ? statementWithPhotos(on: table) : statement(on: table)
        let rows = try await connection.query(text, parameters, with: settings)
        guard effort != nil, try Set(rows.map { try $0.int64(0) }).count < limit else { return rows }
        var thorough = self
        thorough.effort = nil
        return try await thorough.rows(on: connection, of: table, withPhotos: withPhotos)
    }

    /// Of the session.
    private var settings: [String: String] {
        guard let effort else { return [:] }
        var settings = [
            "hnsw.ef_search": "\(effort)", "hnsw.iterative_scan": "relaxed_order", "plan_cache_mode": "auto",
        ]
        // A plan for any number of contents takes them for few.
        if case .contents = candidates { settings["plan_cache_mode"] = "force_custom_plan" }
        return settings
    }

    /// How many more are asked for than are wanted: what the server holds for a little farther may be the nearer one.
    private static let spare = 8

    /// Contents and embeddings.
    private func statement(on table: SpaceTable) -> (text: String, parameters: [PostgresValue]) {
        var parameters = StatementParameters()
        let query = parameters.add(.vector(query.values))
        // A number in the text, by which the server knows how little is wanted.
        let text = """
            SELECT embedding.content, vector FROM \(source(table, &parameters))
            ORDER BY \(distance(to: query, in: table)) LIMIT \(min(limit, 1 << 40) + Self.spare)
            """
        return (text, parameters.values)
    }

    /// The same with all photos that have the contents.
    private func statementWithPhotos(on table: SpaceTable) -> (text: String, parameters: [PostgresValue]) {
        let (nearest, parameters) = statement(on: table)
        return (
            """
            SELECT nearest.content, nearest.vector, \(Photo.serverColumns) FROM (\(nearest)) AS nearest
            LEFT JOIN photo ON photo.content = nearest.content LEFT JOIN content ON content.id = nearest.content
            """, parameters
        )
    }

    /// Few photos are gone through; of many embeddings, each is asked for its photos.
    private func source(_ table: SpaceTable, _ parameters: inout StatementParameters) -> String {
        switch candidates {
        case .all: "\(table.name) AS embedding"
        case .contents(let contents, _) where effort != nil:
            "\(table.name) AS embedding WHERE content = ANY (\(parameters.add(.int64s(contents))))"
        case .contents(let contents, _):
            "unnest(\(parameters.add(.int64s(contents)))) AS selected (content) JOIN \(table.name) AS embedding USING (content)"
        case .selected(let selection, let areFew):
            source(selection.rows(in: table, &parameters), areFew, table)
        }
    }

    private func source(_ selected: (table: String, condition: String), _ areFew: Bool, _ table: SpaceTable) -> String {
        if areFew {
            """
            (SELECT DISTINCT content FROM \(selected.table) WHERE \(selected.condition)) AS selected
            JOIN \(table.name) AS embedding USING (content)
            """
        } else {
            """
            \(table.name) AS embedding WHERE EXISTS (
                SELECT FROM \(selected.table) WHERE \(selected.table).content = embedding.content AND \(selected.condition))
            """
        }
    }

    private func distance(to query: String, in table: SpaceTable) -> String {
        if effort != nil, let graph = VectorGraph(of: table, metric) { return graph.distance(to: query) }
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
