import Postgres

/// Where embeddings lie in a cluster. Each shard has a table for each space, in a schema of its own; the catalogue's database
/// sees that as a foreign table (`postgres_fdw`), and all of them, each with the slots that are its own, as one view by the
/// name that the space's table has where there is no cluster.
enum ShardTables {
    static let schema = "lookalike_shard"

    /// In a shard's database, once. Whose shard it is, is told by the catalogue's identifier.
    static let foundation = """
        CREATE EXTENSION IF NOT EXISTS vector;
        CREATE SCHEMA IF NOT EXISTS \(schema);
        CREATE TABLE IF NOT EXISTS \(schema).owner (
            is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
            catalogue uuid NOT NULL,
            name text NOT NULL
        );
        """

    /// In the catalogue's database, whenever something was made there: it takes a superuser to set up a cluster, and what was made
    /// belongs to whom the rest of the catalogue belongs, and is seen by whoever sees that.
    static let rights = """
        DO $$
        DECLARE
            keeper name := (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'lookalike.content'::regclass);
            made record;
        BEGIN
            FOR made IN
                SELECT format('ALTER %s %s OWNER TO %I',
                    CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'FOREIGN TABLE' END, oid::regclass, keeper) AS statement
                FROM pg_class
                WHERE relnamespace = 'lookalike'::regnamespace AND relkind IN ('v', 'f')
                    AND pg_get_userbyid(relowner) <> keeper
                UNION ALL
                SELECT format('ALTER SERVER %I OWNER TO %I', srvname, keeper)
                FROM pg_foreign_server
                WHERE srvname ~ '^lookalike_shard_[0-9]+$' AND pg_get_userbyid(srvowner) <> keeper
            LOOP
                EXECUTE made.statement;
            END LOOP;
        END
        $$;
        \(PostgresSchema.grants(
            onAll: """
                SELECT oid::regclass FROM pg_class
                WHERE relnamespace = 'lookalike'::regnamespace AND relkind IN ('v', 'f')
                """))
        """
}

extension SpaceTable {
    /// In a shard's database, empty. Slots are moved by what lies in them. One that is there already was made by somebody who was
    /// stopped.
    var shardDefinition: String {
        """
        \(definition)
        CREATE INDEX IF NOT EXISTS \(name)_slot ON \(name) ((\(SlotMap.slot)));
        TRUNCATE \(name);
        """
    }

    func foreignName(on shard: Int32) -> String { "\(name)_shard_\(shard)" }

    func foreignDefinition(on shard: Int32) -> String {
        """
        CREATE FOREIGN TABLE \(foreignName(on: shard)) (content bigint NOT NULL, vector vector(\(dimension)) NOT NULL)
        SERVER \(shard.foreignServer) OPTIONS (schema_name '\(ShardTables.schema)', table_name '\(name)');
        """
    }

    func viewDefinition(_ slots: SlotMap, on shards: [Int32]) -> String {
        let parts = shards.map {
            "SELECT content, vector FROM \(foreignName(on: $0)) WHERE \(slots.slots(of: $0).slotCondition)"
        }
        return "CREATE OR REPLACE VIEW \(name) AS \(parts.joined(separator: " UNION ALL "));"
    }
}

extension Int32 {
    /// How the catalogue's database calls a shard's server, by the shard's number.
    var foreignServer: String { "lookalike_shard_\(self)" }
}

extension Cluster {
    /// The table of a new space, on all shards and as the catalogue's database sees it.
    func make(_ table: SpaceTable, on connection: PostgresConnection) async throws {
        let (_, missing) = try await ask(within: nil) { try await $1.execute(table.shardDefinition) }
        if let shard = missing.first { throw shard }
        for shard in shards { try await connection.execute(table.foreignDefinition(on: shard.number)) }
        try await connection.execute(table.viewDefinition(slots, on: shards.map(\.number)))
    }

    /// Of what the catalogue's database sees of a space.
    func removal(of table: SpaceTable) -> String {
        shards.reduce("DROP VIEW \(table.name);") { $0 + " DROP FOREIGN TABLE \(table.foreignName(on: $1.number));" }
    }
}
