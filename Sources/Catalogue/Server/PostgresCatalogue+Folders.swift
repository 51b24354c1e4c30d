import Foundation
import Postgres
import SystemPackage

// The folders that were named to the catalogue.
extension PostgresCatalogue {
    func identifier() async throws -> UUID {
        let text = try await read { try await $0.query("SELECT identifier::text FROM catalogue")[0].text(0) }
        guard let identifier = UUID(uuidString: text) else { throw CatalogueError.damaged(location) }
        return identifier
    }

    func roots() async throws -> [FilePath] {
        try await read { connection in
            try await connection.query("SELECT path FROM root ORDER BY path").map { FilePath(bytes: try $0.bytes(0)) }
        }
    }

    func add(root: FilePath) async throws {
        let known = try await roots()
        guard !known.contains(root) else { return }
        try await write { connection in
            try await connection.query(
                "INSERT INTO root (path) VALUES ($1) ON CONFLICT DO NOTHING", [.bytes(root.bytes)])
        }
    }

    func forget(root: FilePath) async throws -> Int {
        let (lower, upper) = root.bytesInside
        return try await dropping { connection in
            try await connection.query(
                "DELETE FROM root WHERE path = $1 OR path >= $2 AND path < $3",
                [.bytes(root.bytes), .bytes(lower), .bytes(upper)])
            return try await connection.forgetPhotos(
                where: "path >= $1 AND path < $2", [.bytes(lower), .bytes(upper)], droppingContentsUnusedFor: "0")
        }
    }
}
