import Postgres
import SystemPackage

extension Photo {
    /// Of a photo that is joined with its content.
    static let serverColumns = "photo.id, photo.path, photo.content, content.digest, photo.modified"

    /// From those columns, which begin at a number.
    init(_ row: PostgresRow, from first: Int = 0) throws {
        self.init(
            id: try row.int64(first), path: FilePath(bytes: try row.bytes(first + 1)),
            content: try row.int64(first + 2), digest: try row.digest(first + 3),
            modified: try row.int64(first + 4))
    }
}
