import Postgres
import Synchronization

/// Where the embeddings of a space lie in a database.
struct SpaceTable: Sendable, Hashable {
    let id: Int32
    let dimension: Int

    /// Of contents and their embeddings.
    var name: String { "embedding_\(id)" }
}

/// The tables of spaces, as far as somebody has asked for them.
final class SpaceTables: Sendable {
    private let known = Mutex<[String: SpaceTable]>([:])

    /// `nil` where nothing was embedded in this space yet; throws `otherDimension` where it has other embeddings.
    func table(of space: EmbeddingSpace, on connection: PostgresConnection) async throws -> SpaceTable? {
        if let table = try known(space) { return table }
        let row = try await connection.query(
            "SELECT id, dimension FROM space WHERE identity = $1", [.text(space.identity)]
        ).first
        guard let row else { return nil }
        let table = SpaceTable(id: try row.int32(0), dimension: Int(try row.int32(1)))
        known.withLock { $0[space.identity] = table }
        return try space.check(table)
    }

    /// As far as somebody has asked for it.
    func known(_ space: EmbeddingSpace) throws -> SpaceTable? {
        try known.withLock { $0[space.identity] }.map(space.check)
    }

    /// What was known may have gone.
    func forget() { known.withLock { $0 = [:] } }
}

extension PostgresCatalogue {
    /// `nil` where nothing was embedded in the space yet.
    func table(of space: EmbeddingSpace) async throws -> SpaceTable? {
        if let table = try spaces.known(space) { return table }
        return try await read { [spaces] in try await spaces.table(of: space, on: $0) }
    }

    /// One transaction that writes what belongs to a space, which is made where there is none: also where it was forgotten since
    /// somebody asked for it.
    @discardableResult
    func write<T: Sendable>(
        to space: EmbeddingSpace, _ body: @escaping @Sendable (SpaceTable, PostgresConnection) async throws -> T
    ) async throws -> T {
        try await attempts { [pool] in
            let table = try await makeTable(of: space)
            return try await Task { try await pool.withTransaction { try await body(table, $0) } }.value
        }
    }

    /// The table of a space, which is made where there is none.
    func makeTable(of space: EmbeddingSpace) async throws -> SpaceTable {
        if let table = try await table(of: space) { return table }
        return try await write { [spaces, clusters] connection in
            let new = try await connection.query(
                """
                INSERT INTO space (identity, dimension, has_types) VALUES ($1, $2, true) ON CONFLICT DO NOTHING RETURNING id
                """,
                [.text(space.identity), .int32(Int32(space.dimension))]
            ).first
            guard let new else { return try await spaces.table(of: space, on: connection)! }
            let table = SpaceTable(id: try new.int32(0), dimension: space.dimension)
            if let cluster = try await clusters.locked(on: connection) {
                try await cluster.make(table, on: connection)
            } else {
                try await connection.execute(table.definition)
            }
            return table
        }
    }
}

extension PostgresConnection {
    /// How many rows of some tables meet a condition.
    func embeddingCount(in tables: [SpaceTable], where condition: String = "true") async throws -> Int {
        var sum = 0
        for table in tables { sum += try await count("SELECT count(*) FROM \(table.name) WHERE \(condition)") }
        return sum
    }
}

extension EmbeddingSpace {
    fileprivate func check(_ table: SpaceTable) throws -> SpaceTable {
        guard table.dimension == dimension else {
            throw CatalogueError.otherDimension(space: identity, known: table.dimension, asked: dimension)
        }
        return table
    }
}

extension SpaceTable {
    /// Numbers cannot be compressed. As many as a page holds lie in the row itself, where a scan finds them at once.
    var definition: String {
        """
        CREATE TABLE IF NOT EXISTS \(name) (content bigint PRIMARY KEY, vector vector(\(dimension)) NOT NULL);
        ALTER TABLE \(name) ALTER COLUMN vector SET STORAGE \(dimension <= Self.mostInRow ? "PLAIN" : "EXTERNAL");
        """
    }

    private static let mostInRow = 2000
}
