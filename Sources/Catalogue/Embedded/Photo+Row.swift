import Foundation
import GRDB
import Hashing
import SystemPackage

extension Photo {
    /// Of a photo that is joined with its content.
    static let columns = "photo.id, photo.path, photo.contentID, content.digest, photo.modified"

    /// From those columns, whichever others there are behind them.
    init(_ row: Row) throws {
        guard let digest = SHA256Digest(bytes: Array(row[3] as Data)) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a photo's digest has not 32 bytes")
        }
        self.init(id: row[0], path: FilePath(blob: row[1]), content: row[2], digest: digest, modified: row[4])
    }
}
