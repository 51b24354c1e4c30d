import GRDB
import SystemPackage

extension CatalogueError {
    init(_ error: any Error, at path: FilePath) {
        switch error {
        case let error as CatalogueError: self = error
        case let error as DatabaseError: self = Self.translated(error, at: .file(path))
        default: self = .failed(.file(path), reason: "\(error)")
        }
    }

    private static func translated(_ error: DatabaseError, at place: CatalogueLocation) -> CatalogueError {
        switch error.resultCode.primaryResultCode {
        case .SQLITE_FULL: .diskFull(place)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .noPermission(place)
        case .SQLITE_BUSY, .SQLITE_LOCKED: .inUse(place)
        case .SQLITE_NOTADB: .notACatalogue(place)
        case .SQLITE_CORRUPT: .damaged(place)
        default: .failed(place, reason: error.message ?? "\(error.resultCode)")
        }
    }
}
