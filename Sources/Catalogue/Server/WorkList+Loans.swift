public import Hashing
import Postgres
public import SystemPackage

extension WorkList {
    /// Photos that are on the list already stay there once. What a run that did not end has left in some folders goes, unless
    /// somebody has it on loan: it may be gone, or not be wanted any more. Nobody sees the one without the other.
    public func add(_ items: [Item], withdrawingIn folders: [FilePath] = []) async throws {
        guard !items.isEmpty || !folders.isEmpty else { return }
        try await catalogue.write(to: space) { table, connection in
            for folder in folders { try await Self.withdraw(in: folder, of: table, on: connection) }
            for start in stride(from: 0, to: items.count, by: Self.itemsAtOnce) {
                let some = items[start..<min(start + Self.itemsAtOnce, items.count)]
                try await Self.add(some, to: table, on: connection)
            }
        }
    }

    private static let itemsAtOnce = 10_000

    private static func add(_ items: ArraySlice<Item>, to table: SpaceTable, on connection: PostgresConnection)
        async throws
    {
        try await connection.query(
            """
            INSERT INTO task (space, path, size) SELECT $1, * FROM unnest($2::bytea[], $3::bigint[])
            ON CONFLICT DO NOTHING
            """, [.int32(table.id), .byteArrays(items.map(\.path.bytes)), .int64s(items.map(\.size))])
    }

    private static func withdraw(in folder: FilePath, of table: SpaceTable, on connection: PostgresConnection)
        async throws
    {
        let (lower, upper) = folder.bytesInside
        try await connection.query(
            "DELETE FROM task WHERE space = $1 AND path >= $2 AND path < $3 AND \(isOpen)",
            [.int32(table.id), .bytes(lower), .bytes(upper)])
    }

    /// So many photos at most that nobody has on loan, or not any more. What was taken before is not taken again.
    public func take(_ count: Int) async throws -> [Item] {
        try await holder.appear()
        return try await catalogue.read(space, else: []) { [own, seconds] table, connection in
            try await connection.query(
                """
                UPDATE task SET holder = $2, until = now() + make_interval(secs => $4) WHERE space = $1 AND path IN (
                    SELECT path FROM task WHERE space = $1 AND \(Self.isOpen) AND holder IS DISTINCT FROM $2
                    ORDER BY path LIMIT $3 FOR UPDATE SKIP LOCKED)
                RETURNING path, size
                """, [.int32(table.id), own, .int64(Int64(count)), seconds]
            ).map { Item(path: FilePath(bytes: try $0.bytes(0)), size: try $0.int64(1)) }
        }
    }

    /// To be called every `renewal`, as long as anything is on loan.
    public func renew() async throws {
        // By the session that has the lock: it may be ended where it is idle for long, and is missed where it is gone.
        try await catalogue.attempts {
            try await holder.run(
                """
                WITH renewed AS (
                    UPDATE task SET until = now() + make_interval(secs => $2) WHERE holder = $1 AND until > now())
                UPDATE claim SET until = now() + make_interval(secs => $2) WHERE holder = $1 AND until > now()
                """, [own, seconds])
        }
    }

    /// Contents that nobody else is at work on, and that are this one's from now on: of the same contents in several files, one
    /// is embedded.
    public func claim(_ digests: [SHA256Digest]) async throws -> Set<SHA256Digest> {
        try await holder.appear()
        let sorted = digests.map { Array($0.bytes) }.sorted { $0.lexicographicallyPrecedes($1) }
        return try await catalogue.read(space, else: []) { [own, seconds] table, connection in
            let claimed = try await connection.query(
                """
                INSERT INTO claim (space, digest, holder, until)
                SELECT DISTINCT $1::integer, digest, $3::integer, now() + make_interval(secs => $4)
                FROM unnest($2::bytea[]) AS digest
                ON CONFLICT (space, digest) DO UPDATE SET holder = excluded.holder, until = excluded.until
                    WHERE claim.holder = excluded.holder OR \(Self.isOver)
                RETURNING digest
                """, [.int32(table.id), .byteArrays(sorted), own, seconds])
            return Set(try claimed.map { try $0.digest(0) })
        }
    }

    /// Photos that somebody may have in a moment: another is at work on what they hold.
    public func postpone(_ paths: [FilePath]) async throws {
        try await change("UPDATE task SET holder = NULL, until = now() + interval '1 second'", paths)
    }

    /// Photos that cannot be examined.
    public func drop(_ paths: [FilePath]) async throws { try await change("DELETE FROM task", paths) }

    /// All that is on loan, for others to have it at once.
    public func giveBack() async throws {
        try await catalogue.write { [own] connection in
            try await connection.query("UPDATE task SET holder = NULL, until = NULL WHERE holder = $1", [own])
            try await connection.query("DELETE FROM claim WHERE holder = $1 OR \(Self.isOver)", [own])
        }
    }

    /// How much is left.
    public func standing() async throws -> Standing {
        try await catalogue.read(space, else: Standing(open: 0, elsewhere: 0, own: 0)) { [own] table, connection in
            let row = try await connection.query(
                """
                SELECT count(*) FILTER (WHERE \(Self.isOpen)),
                    count(*) FILTER (WHERE NOT \(Self.isOpen) AND holder IS DISTINCT FROM $2),
                    count(*) FILTER (WHERE NOT \(Self.isOpen) AND holder = $2)
                FROM task WHERE space = $1
                """, [.int32(table.id), own])[0]
            return Standing(open: Int(try row.int64(0)), elsewhere: Int(try row.int64(1)), own: Int(try row.int64(2)))
        }
    }

    private func change(_ statement: String, _ paths: [FilePath]) async throws {
        guard !paths.isEmpty else { return }
        try await catalogue.write(to: space) { [own] table, connection in
            try await connection.query(
                "\(statement) WHERE space = $1 AND holder = $2 AND path = ANY ($3)",
                [.int32(table.id), own, .byteArrays(paths.map(\.bytes))])
        }
    }
}

extension WorkList {
    private var own: PostgresValue { .int32(holder.number) }
    private var seconds: PostgresValue { .double(loan / .seconds(1)) }

    /// Whether a photo can be taken, as an expression.
    private static let isOpen = "(task.until IS NULL OR task.until < now() OR \(LoanHolder.hasGone(from: "task")))"
    /// Whether contents can be claimed that were before.
    private static let isOver = "(claim.until < now() OR \(LoanHolder.hasGone(from: "claim")))"
}
