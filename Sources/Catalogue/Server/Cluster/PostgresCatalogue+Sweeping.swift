import Postgres

extension PostgresCatalogue {
    /// Drops what lies on shards and is nobody's: copies of what has moved, or was about to, embeddings whose contents were never
    /// recorded or are forgotten, and tables of spaces that are no more.
    func sweep() async throws {
        guard let cluster = try await cluster() else { return }
        try await dropMisplaced()
        for table in try await read({ try await $0.spaceTables() }) {
            for shard in cluster.shards { try await dropOrphans(in: table, on: shard) }
        }
    }

    /// Nobody writes embeddings or makes tables meanwhile.
    private func dropMisplaced() async throws {
        try await write { [self] connection in
            guard let cluster = try await clusters.lockedAlone(on: connection) else { return }
            let tables = try await connection.spaceTables()
            try await ask(allOf: cluster) { shard, connection in
                try await connection.dropTables(butThoseOf: tables)
                for table in tables {
                    try await connection.execute(
                        "DELETE FROM \(table.name) WHERE \(cluster.condition(ofOthersThan: shard))")
                }
            }
        }
    }

    private static let contentsAtOnce = 50_000

    /// Looked for while others write, and looked at once more when nobody does: what is being recorded has no contents yet.
    private func dropOrphans(in table: SpaceTable, on shard: Shard) async throws {
        var last = Int64.min
        while case let page = try await contents(in: table, on: shard, after: last), let end = page.last {
            let orphans = try await read { try await $0.unknown(among: page) }
            if !orphans.isEmpty { try await drop(orphans, from: table, on: shard) }
            last = end
        }
    }

    private func contents(in table: SpaceTable, on shard: Shard, after last: Int64) async throws -> [Int64] {
        try await attempts {
            try await shard.ask(within: nil) { connection in
                try await connection.query(
                    """
                    SELECT content FROM \(table.name) WHERE content > $1 ORDER BY content LIMIT \(Self.contentsAtOnce)
                    """, [.int64(last)]
                ).map { try $0.int64(0) }
            }
        }
    }

    private func drop(_ contents: [Int64], from table: SpaceTable, on shard: Shard) async throws {
        try await write { [clusters] connection in
            _ = try await clusters.lockedAlone(on: connection)
            let orphans = try await connection.unknown(among: contents)
            try await shard.ask(within: nil) { try await $0.dropEmbeddings(of: orphans, in: table) }
        }
    }
}

extension Cluster {
    /// Which rows of a shard's tables do not count there.
    fileprivate func condition(ofOthersThan shard: Shard) -> String {
        let own = Set(slots.slots(of: shard.number))
        return (0..<SlotMap.slotCount).filter { !own.contains($0) }.slotCondition
    }
}

extension PostgresConnection {
    /// Of some numbers, those that no content has.
    fileprivate func unknown(among contents: [Int64]) async throws -> [Int64] {
        try await query(
            """
            SELECT number FROM unnest($1::bigint[]) AS number
            WHERE NOT EXISTS (SELECT FROM content WHERE content.id = number)
            """, [.int64s(contents)]
        ).map { try $0.int64(0) }
    }

    /// Of a shard's embeddings.
    fileprivate func dropTables(butThoseOf tables: [SpaceTable]) async throws {
        let known = try await query(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema AND tablename ~ '^embedding_[0-9]+$'"
        ).map { try $0.text(0) }
        for name in Set(known).subtracting(tables.map(\.name)) { try await execute("DROP TABLE \(name)") }
    }
}
