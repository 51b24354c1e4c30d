import Postgres
import Vectors

/// pgvector's index over a space's embeddings for one metric, in half precision: whoever reads it compares what it finds anew.
struct VectorGraph: Sendable, Hashable {
    let table: SpaceTable
    let metric: Metric
    var isValid = true

    /// `nil` where pgvector has none: by distance, and of more than 4,000 numbers.
    init?(of table: SpaceTable, _ metric: Metric) {
        guard metric != .euclidean, table.dimension <= 4000 else { return nil }
        (self.table, self.metric) = (table, metric)
    }

    /// Of fewer embeddings, all are compared within a few hundredths of a second.
    static let leastCount = 10_000

    var name: String { "\(table.name)_\(metric.rawValue)" }

    /// What is in the graph, as an expression. By their cosines, embeddings are compared by their directions.
    private var expression: String {
        let vector = metric == .cosine ? "l2_normalize(vector)" : "vector"
        return "(\(vector)::halfvec(\(table.dimension)))"
    }

    /// How far an embedding is from a query in the graph, whose length changes nothing by cosine.
    func distance(to query: String) -> String {
        "\(expression) <#> \(query)::vector::halfvec(\(table.dimension))"
    }

    /// While others read and write. One that was left half-built, when whoever built it was killed, goes first.
    func build(in catalogue: PostgresCatalogue) async throws {
        try await catalogue.read { connection in
            try await connection.execute("DROP INDEX IF EXISTS \(name)")
            try await connection.execute(
                "CREATE INDEX CONCURRENTLY \(name) ON \(table.name) USING hnsw (\(expression) halfvec_ip_ops)")
            try await connection.execute("ANALYZE \(table.name), photo, content")
        }
    }
}

/// What the server has of a space.
struct GraphState: Sendable {
    /// `nil` where nothing was embedded yet.
    let table: SpaceTable?
    let graphs: [VectorGraph]
    /// As of when the server counted last.
    let estimatedCount: Double

    init(of space: EmbeddingSpace, in catalogue: PostgresCatalogue) async throws {
        self = try await catalogue.read(space, else: GraphState()) { table, connection in
            let rows = try await connection.query(
                """
                SELECT pg_class.reltuples::float8, index.relname, coalesce(indisvalid, false)
                FROM pg_class LEFT JOIN pg_index ON indrelid = pg_class.oid
                LEFT JOIN pg_class AS index ON index.oid = indexrelid
                WHERE pg_class.oid = $1::text::regclass
                """, [.text(table.name)])
            return try GraphState(table, rows)
        }
    }

    private init() { (table, graphs, estimatedCount) = (nil, [], 0) }

    private init(_ table: SpaceTable, _ rows: PostgresRows) throws {
        self.table = table
        estimatedCount = try rows.first?.double(0) ?? 0
        let validity = Dictionary(
            try rows.filter { !$0.isNull(1) }.map { (try $0.text(1), try $0.bool(2)) }
        ) { first, _ in first }
        graphs = Metric.allCases.compactMap { VectorGraph(of: table, $0) }.compactMap { graph in
            validity[graph.name].map { isValid in
                var graph = graph
                graph.isValid = isValid
                return graph
            }
        }
    }
}
