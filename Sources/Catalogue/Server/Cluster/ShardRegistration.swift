import Postgres

extension PostgresCatalogue {
    /// Makes a database ready to be a shard of the catalogue with some identifier. One that `mustHave` what it had where it was
    /// is known by it already.
    func claim(_ described: ClusterDescription.Shard, for owner: String, mustHave: Bool = false) async throws {
        let shard = Shard(number: 0, name: described.name, address: try PostgresAddress(described.address))
        do {
            try await shard.ask(within: nil) { connection in
                let isThere = try await connection.query(
                    "SELECT to_regclass('\(ShardTables.schema).owner') IS NOT NULL")[0].bool(0)
                guard isThere || !mustHave else { throw ClusterError.emptyShard(name: described.name) }
                try await connection.execute(ShardTables.foundation)
                try await connection.query(
                    "INSERT INTO owner (catalogue, name) VALUES ($1::text::uuid, $2) ON CONFLICT DO NOTHING",
                    [.text(owner), .text(described.name)])
                let isOwn = try await connection.query(
                    "SELECT catalogue = $1::text::uuid AND name = $2 FROM owner",
                    [.text(owner), .text(described.name)])[0].bool(0)
                guard isOwn else { throw ClusterError.takenShard(name: described.name) }
            }
        } catch let missing as MissingShard {
            throw CatalogueError([missing], at: location)
        } catch let error as PostgresError {
            throw CatalogueError(error, at: .server(shard.address))
        }
    }
}

extension PostgresConnection {
    /// Gives shards their numbers, and lets the catalogue's server know where they are.
    func register(_ shards: [ClusterDescription.Shard]) async throws -> [Int32] {
        var numbers: [Int32] = []
        for shard in shards {
            let number = try await query(
                "INSERT INTO shard (name, address) VALUES ($1, $2) RETURNING number",
                [.text(shard.name), .text(shard.address)])[0].int32(0)
            try await makeServer(number, at: PostgresAddress(shard.address), named: shard.name)
            numbers.append(number)
        }
        return numbers
    }

    /// Whoever may use the catalogue gets in by the shard's own user, as far as the server of the catalogue does.
    func makeServer(_ number: Int32, at address: PostgresAddress, named name: String) async throws {
        let row = try await query("SELECT current_user::text, rolsuper FROM pg_roles WHERE rolname = current_user")[0]
        let (user, isSuperuser) = (try row.text(0), try row.bool(1))
        let (server, options) = (number.foreignServer, address.options)
        let mapping =
            "user \((options["user"] ?? user).quoted)" + (isSuperuser ? ", password_required 'false'" : "")
        try await execute(
            """
            CREATE EXTENSION IF NOT EXISTS postgres_fdw;
            CREATE SERVER \(server) FOREIGN DATA WRAPPER postgres_fdw OPTIONS (\(options.ofServer));
            CREATE USER MAPPING FOR \(isSuperuser ? "PUBLIC" : "CURRENT_USER") SERVER \(server) OPTIONS (\(mapping));
            """)
        try await checkServer(number, named: name)
    }

    private func checkServer(_ number: Int32, named name: String) async throws {
        do {
            try await execute(
                """
                CREATE FOREIGN TABLE shard_owner (name text) SERVER \(number.foreignServer)
                OPTIONS (schema_name '\(ShardTables.schema)', table_name 'owner');
                SELECT name FROM shard_owner;
                DROP FOREIGN TABLE shard_owner;
                """)
        } catch let error as PostgresError where error.state != nil {
            throw ClusterError.closedShard(name: name, reason: "\(error)")
        }
    }
}

extension [String: String] {
    /// What an address says, as a foreign server is told it, and what makes a search's comparisons the shard's business.
    fileprivate var ofServer: String {
        let usual = [
            "extensions": "vector", "fetch_size": "10000", "batch_size": "200", "connect_timeout": "5",
            "tcp_user_timeout": "15000", "keepalives_idle": "5", "keepalives_interval": "5", "keepalives_count": "2",
        ]
        let own = filter { !["user", "options", "application_name", "client_encoding"].contains($0.key) }
        return usual.merging(own) { $1 }.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.quoted)" }
            .joined(separator: ", ")
    }
}

extension String {
    /// As a literal of SQL, whatever is in it.
    fileprivate var quoted: String {
        let text = replacing("'", with: "''")
        return contains("\\") ? "E'\(text.replacing("\\", with: "\\\\"))'" : "'\(text)'"
    }
}
