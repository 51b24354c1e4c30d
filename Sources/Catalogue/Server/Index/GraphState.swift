import Postgres
import Vectors

/// What one server has of a space.
struct GraphState: Sendable {
    let table: SpaceTable
    /// Those that are whole.
    let graphs: [VectorGraph]
    /// As of when the server counted last.
    let estimatedCount: Double

    init(of table: SpaceTable, on connection: PostgresConnection) async throws {
        let rows = try await connection.query(
            """
            SELECT pg_class.reltuples::float8, index.relname, coalesce(indisvalid, false)
            FROM pg_class LEFT JOIN pg_index ON indrelid = pg_class.oid
            LEFT JOIN pg_class AS index ON index.oid = indexrelid
            WHERE pg_class.oid = $1::text::regclass
            """, [.text(table.name)])
        let valid = Set(try rows.filter { try !$0.isNull(1) && $0.bool(2) }.map { try $0.text(1) })
        self.table = table
        estimatedCount = try rows.first?.double(0) ?? 0
        graphs = Metric.allCases.compactMap { VectorGraph(of: table, $0) }.filter { valid.contains($0.name) }
    }

    func has(_ graph: VectorGraph) -> Bool { graphs.contains(graph) }
}

extension HeldEmbeddings {
    var graphState: GraphState {
        get async throws { try await GraphState(of: table, on: connection) }
    }

    /// How many embeddings a graph is worth building over that is not there.
    func pendingCount(of graph: VectorGraph) async throws -> Int {
        guard try await !graphState.has(graph) else { return 0 }
        let count = try await connection.embeddingCount(in: [table])
        return count >= VectorGraph.leastCount ? count : 0
    }
}
