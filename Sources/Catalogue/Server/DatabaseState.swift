import Postgres

/// What is in a database of that which a catalogue needs.
struct DatabaseState: Sendable {
    /// Of the catalogue's tables; `nil` where there are none.
    let version: Int?
    /// The extension that compares embeddings; `nil` where the database does not have it.
    let vectors: VectorExtension?

    init(on connection: PostgresConnection) async throws {
        let row = try await connection.query(
            """
            SELECT to_regclass('lookalike.catalogue') IS NOT NULL, to_regtype('vector') IS NOT NULL,
                (SELECT extversion FROM pg_extension WHERE extname = 'vector')
            """)[0]
        let isMade = try row.bool(0)
        let extensionVersion = try row.bool(1) ? row.text(2) : nil
        vectors = extensionVersion.map(VectorExtension.init)
        version = isMade ? try await Self.version(on: connection) : nil
    }

    private static func version(on connection: PostgresConnection) async throws -> Int? {
        try await connection.query("SELECT version FROM lookalike.catalogue").first.map { Int(try $0.int32(0)) }
    }
}

/// pgvector, as it is installed in a database.
struct VectorExtension: Sendable {
    let version: String

    /// Since 0.8.0, a search that a filter leaves too little of goes on (`hnsw.iterative_scan`).
    var isRecent: Bool {
        let numbers = version.split(separator: ".").map { Int($0) ?? 0 }
        return !numbers.lexicographicallyPrecedes([0, 8])
    }
}
