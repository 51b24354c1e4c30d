import Postgres

/// The embeddings of a space that one server holds, as it is asked for them: a shard, or the catalogue's own.
struct HeldEmbeddings: Sendable {
    let table: SpaceTable
    let connection: PostgresConnection
    /// Which rows of the table count.
    let condition: String
    /// Those that are looked for on this server, where only some are.
    let contents: [Int64]
}
