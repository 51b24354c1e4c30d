import GRDB
public import SystemPackage

/// Why the catalogue cannot serve.
public enum CatalogueError: Error, Hashable, CustomStringConvertible {
    case fromNewerVersion(FilePath)
    case notACatalogue(FilePath)
    case diskFull(FilePath)
    case noPermission(FilePath)
    case inUse(FilePath)
    case damaged(FilePath)
    case otherDimension(space: String, known: Int, asked: Int)
    /// What a segment was made from is no longer what the catalogue has.
    case segmentsChanged(space: String)
    /// The log does not tell what happened since then.
    case changesUnknown(space: String, since: Int64)
    case failed(FilePath, reason: String)

    /// Names the file, and what its user can do about it.
    public var description: String {
        switch self {
        case .fromNewerVersion(let path):
            "the catalogue \(path) was written by a newer version of Lookalike: use that version, or another --catalogue"
        case .notACatalogue(let path): "\(path) is no catalogue of Lookalike: name another file with --catalogue"
        case .diskFull(let path):
            "the disk that holds the catalogue \(path) is full: what was indexed so far is kept; make room and run again"
        case .noPermission(let path):
            "the catalogue \(path) cannot be written: check the permissions of the file and its folder, "
                + "or name another with --catalogue"
        case .inUse(let path): "the catalogue \(path) has been busy for too long with another program: try again"
        case .damaged(let path):
            "the catalogue \(path) is damaged: delete it, and it is made anew from the photos by the next run"
        case .otherDimension(let space, let known, let asked):
            "embeddings of “\(space)” have \(known) numbers in this catalogue, and \(asked) were asked for"
        case .segmentsChanged(let space):
            "the index of “\(space)” was changed by another program meanwhile: take a new snapshot, and begin again"
        case .changesUnknown(let space, let since):
            "what changed in “\(space)” since change \(since) is no longer known: take a snapshot that needs no earlier one"
        case .failed(let path, let reason): "the catalogue \(path) cannot be used: \(reason)"
        }
    }

    init(_ error: any Error, at path: FilePath) {
        switch error {
        case let error as CatalogueError: self = error
        case let error as DatabaseError: self = Self.translated(error, at: path)
        default: self = .failed(path, reason: "\(error)")
        }
    }

    private static func translated(_ error: DatabaseError, at path: FilePath) -> CatalogueError {
        switch error.resultCode.primaryResultCode {
        case .SQLITE_FULL: .diskFull(path)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: .noPermission(path)
        case .SQLITE_BUSY, .SQLITE_LOCKED: .inUse(path)
        case .SQLITE_NOTADB: .notACatalogue(path)
        case .SQLITE_CORRUPT: .damaged(path)
        default: .failed(path, reason: error.message ?? "\(error.resultCode)")
        }
    }
}
