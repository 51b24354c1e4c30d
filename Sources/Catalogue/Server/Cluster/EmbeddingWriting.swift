import Postgres
import Synchronization
import Vectors

/// Where a transaction writes the embeddings of a space: into a table of the catalogue's own database, or to shards. Those keep
/// what they are given whatever becomes of the transaction: what belongs to no contents then is dropped some day.
struct EmbeddingWriting: Sendable {
    let table: SpaceTable
    private let connection: PostgresConnection
    private let cluster: Cluster?

    /// No slot moves before the transaction ends.
    init(to table: SpaceTable, on connection: PostgresConnection, _ clusters: ClusterMemory) async throws {
        (self.table, self.connection) = (table, connection)
        cluster = try await clusters.locked(on: connection)
    }

    /// What to do where contents have an embedding already.
    enum Conflict: String {
        case keep = "DO NOTHING"
        case replace = """
            (content) DO UPDATE SET vector = excluded.vector WHERE embedding.vector IS DISTINCT FROM excluded.vector
            """
    }

    func insert(_ embeddings: [(content: Int64, embedding: Embedding)], _ conflict: Conflict) async throws {
        try await parted(embeddings) { try await $0.insert($1, into: table, conflict) }
    }

    /// Of many, and as fast as can be where contents have none yet.
    func insertNew(_ embeddings: [(content: Int64, embedding: Embedding)]) async throws {
        try await parted(embeddings) { connection, part in
            let isMany = part.count >= Self.manyEmbeddings
            if isMany, try await !connection.hasAny(of: part.map(\.content), in: table) {
                try await connection.copy(part, into: table)
            } else {
                try await connection.insert(part, into: table, .keep)
            }
        }
    }

    /// From so many on, a copy is faster than statements, which has no answer to what is there already.
    private static let manyEmbeddings = 64

    /// Of contents that are new, before anything is written: a server that fails may give their numbers twice, and shards keep
    /// what was written the first time (PostgreSQL's documentation, Sequence Manipulation Functions).
    func clear(_ contents: [Int64]) async throws {
        guard let cluster, !contents.isEmpty else { return }
        let tables = try await connection.spaceTables()
        let parts = cluster.slots.split(contents)
        let (_, missing) = try await cluster.ask(Set(parts.keys), within: nil) { shard, connection in
            for table in tables { try await connection.dropEmbeddings(of: parts[shard.number] ?? [], in: table) }
        }
        if let shard = missing.first { throw shard }
    }

    private func parted(
        _ embeddings: [(content: Int64, embedding: Embedding)],
        _ write: @escaping @Sendable (PostgresConnection, [(content: Int64, embedding: Embedding)]) async throws -> Void
    ) async throws {
        guard !embeddings.isEmpty else { return }
        guard let cluster else { return try await write(connection, embeddings) }
        let parts = Dictionary(grouping: embeddings) { cluster.slots[SlotMap.slot(of: $0.content)] }
        let (_, missing) = try await cluster.ask(Set(parts.keys), within: nil) { shard, connection in
            try await write(connection, parts[shard.number] ?? [])
        }
        if let shard = missing.first { throw shard }
    }
}

extension PostgresConnection {
    /// In one round trip, however many there are.
    fileprivate func insert(
        _ embeddings: [(content: Int64, embedding: Embedding)], into table: SpaceTable,
        _ conflict: EmbeddingWriting.Conflict
    ) async throws {
        let statement = """
            INSERT INTO \(table.name) AS embedding (content, vector) VALUES ($1, $2::vector)
            ON CONFLICT \(conflict.rawValue)
            """
        _ = try await pipeline(embeddings.map { (statement, [.int64($0.content), .vector($0.embedding.values)]) })
    }

    fileprivate func hasAny(of contents: [Int64], in table: SpaceTable) async throws -> Bool {
        try await query(
            "SELECT EXISTS (SELECT FROM \(table.name) WHERE content = ANY ($1))", [.int64s(contents)])[0].bool(0)
    }

    /// Where another has been faster with one of them, none is kept, and the transaction begins anew.
    func copy(_ embeddings: [(content: Int64, embedding: Embedding)], into table: SpaceTable) async throws {
        let rest = Mutex(embeddings[...])
        try await copy(into: "COPY \(table.name) (content, vector) FROM STDIN (FORMAT binary)") { writer in
            guard let (content, embedding) = rest.withLock({ $0.popFirst() }) else { return false }
            writer.row(of: 2)
            writer.write(content)
            writer.write(vector: embedding.values)
            return true
        }
    }
}
