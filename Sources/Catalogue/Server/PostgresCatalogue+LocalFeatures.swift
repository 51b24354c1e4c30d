import Postgres

// What only ranking asks, of few photos.
extension PostgresCatalogue {
    func localFeatures(_ kind: LocalFeatureKind, ofContents contents: [Int64]) async throws
        -> [Int64: [UInt8]]
    {
        try await read { connection in
            let rows = try await connection.query(
                """
                SELECT content, value FROM local_feature JOIN local_kind ON local_kind.id = kind
                WHERE identity = $1 AND content = ANY ($2)
                """, [.text(kind.identity), .int64s(contents)])
            return try rows.reduce(into: [:]) { $0[try $1.int64(0)] = try $1.bytes(1) }
        }
    }

    func keep(_ features: [Int64: [UInt8]], as kind: LocalFeatureKind) async throws {
        guard !features.isEmpty else { return }
        let kindID = try await makeKind(kind)
        try await write { try await $0.keep(features, ofKind: kindID) }
    }

    /// The number of a kind, which is given one where it has none.
    func makeKind(_ kind: LocalFeatureKind) async throws -> Int32 {
        var space: SpaceTable?
        if let own = kind.space { space = try await makeTable(of: own) }
        return try await write { [space] connection in
            try await connection.query(
                "INSERT INTO local_kind (identity, space) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                [.text(kind.identity), space.map { .int32($0.id) } ?? .null])
            return try await connection.query(
                "SELECT id FROM local_kind WHERE identity = $1", [.text(kind.identity)])[0].int32(0)
        }
    }
}

extension PostgresConnection {
    /// Of contents that are forgotten, nothing.
    func keep(_ features: [Int64: [UInt8]], ofKind kind: Int32) async throws {
        let features = features.sorted { $0.key < $1.key }
        try await query(
            """
            INSERT INTO local_feature (kind, content, value)
            SELECT $1, id, value FROM unnest($2::bigint[], $3::bytea[]) AS found (number, value)
            JOIN content ON content.id = number ORDER BY id FOR KEY SHARE OF content
            ON CONFLICT (kind, content) DO UPDATE SET value = excluded.value
            """, [.int32(kind), .int64s(features.map(\.key)), .byteArrays(features.map(\.value))])
    }
}
