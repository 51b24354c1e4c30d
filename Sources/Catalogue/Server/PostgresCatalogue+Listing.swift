import Postgres
import SystemPackage

// What people ask who look around in a catalogue.
extension PostgresCatalogue {
    func photoCount() async throws -> Int {
        try await read { try await $0.count("SELECT count(*) FROM photo") }
    }

    func photoCount(in folder: FilePath) async throws -> Int {
        let (lower, upper) = folder.bytesInside
        return try await read { connection in
            try await connection.count(
                """
                SELECT count(*) FROM photo WHERE path >= $1 AND path < $2
                    AND NOT EXISTS (SELECT 1 FROM fault WHERE fault.content = photo.content)
                """, [.bytes(lower), .bytes(upper)])
        }
    }

    func photos(ofContents contents: [Int64]) async throws -> [Int64: [Photo]] {
        guard !contents.isEmpty else { return [:] }
        let photos = try await photos(
            """
            SELECT \(Photo.serverColumns) FROM photo JOIN content ON content.id = photo.content
            WHERE photo.content = ANY ($1) ORDER BY photo.content, path
            """, [.int64s(contents)])
        return Dictionary(grouping: photos, by: \.content)
    }

    func photos(ofContentsBeginning prefix: [UInt8]) async throws -> [Photo] {
        try await photos(
            """
            SELECT \(Photo.serverColumns) FROM content JOIN photo ON photo.content = content.id
            WHERE digest >= $1 AND digest < $2 ORDER BY digest, path
            """, [.bytes(prefix), .bytes(prefix.successor)])
    }

    func photos(at paths: [FilePath]) async throws -> [Photo?] {
        let photos = try await photos(
            """
            SELECT \(Photo.serverColumns) FROM photo JOIN content ON content.id = photo.content WHERE path = ANY ($1)
            """, [.byteArrays(paths.map(\.bytes))])
        let byPath = Dictionary(photos.map { ($0.path, $0) }) { first, _ in first }
        return paths.map { byPath[$0] }
    }

    func photos(in folder: FilePath, after path: FilePath?, limit: Int) async throws -> [Photo] {
        let (lower, upper) = folder.bytesInside
        return try await photos(
            """
            SELECT \(Photo.serverColumns) FROM photo JOIN content ON content.id = photo.content
            WHERE path > $1 AND path >= $2 AND path < $3
                AND NOT EXISTS (SELECT 1 FROM fault WHERE fault.content = content.id)
            ORDER BY path LIMIT $4
            """, [.bytes(path?.bytes ?? lower), .bytes(lower), .bytes(upper), .int64(Int64(limit))])
    }

    func faults(in folder: FilePath) async throws -> [(path: FilePath, reason: String)] {
        let (lower, upper) = folder.bytesInside
        return try await read { connection in
            try await connection.query(
                """
                SELECT path, reason FROM fault JOIN photo ON photo.content = fault.content
                WHERE path >= $1 AND path < $2 ORDER BY path
                """, [.bytes(lower), .bytes(upper)]
            ).map { (FilePath(bytes: try $0.bytes(0)), try $0.text(1)) }
        }
    }

    func photos(_ query: String, _ parameters: [PostgresValue]) async throws -> [Photo] {
        try await read { try await $0.query(query, parameters).map { try Photo($0) } }
    }
}

extension PostgresConnection {
    /// The number that a query has for its only value.
    func count(_ query: String, _ parameters: [PostgresValue] = []) async throws -> Int {
        Int(try await self.query(query, parameters)[0].int64(0))
    }
}
