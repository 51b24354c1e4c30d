import Postgres
import Vectors

/// pgvector's index over a space's embeddings for one metric, in half precision: whoever reads it compares what it finds anew.
struct VectorGraph: Sendable, Hashable {
    let table: SpaceTable
    let metric: Metric

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

    /// While others read and write, if any do: then all statements of the database that began before are waited for. One that was
    /// left half-built, when whoever built it was killed, goes first.
    func build(on connection: PostgresConnection, inUse: Bool = true) async throws {
        try await connection.execute("DROP INDEX IF EXISTS \(name)")
        try await connection.execute(
            "CREATE INDEX \(inUse ? "CONCURRENTLY" : "") \(name) ON \(table.name) USING hnsw (\(expression) halfvec_ip_ops)"
        )
        try await connection.execute("ANALYZE \(table.name)")
    }
}
