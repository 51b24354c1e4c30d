import Foundation
import GRDB

// Which files hold the index of which space. The files themselves are made, read and deleted elsewhere.
extension EmbeddedCatalogue {
    /// A random number that tells this catalogue from all others; only a copy of its file has the same.
    func identifier() async throws(CatalogueError) -> UUID {
        try await read { database in
            guard let identifier = try UUID.fetchOne(database, sql: "SELECT identifier FROM identity") else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the catalogue has no identifier")
            }
            return identifier
        }
    }

    /// Takes in a segment whose file is written, drops those whose embeddings it took over, and shortens the log to what
    /// is needed beside the segments that there are now.
    ///
    /// A segment with the embeddings that came with a snapshot has that snapshot's `sequence`, and `since` is that of the
    /// snapshot. One that only holds what was in others has no `since`; its `sequence` is at least the highest of theirs and
    /// at most the highest that there is, and all that was removed up to it is left out. Throws `segmentsChanged`, and
    /// changes nothing, where the segments would not be complete: one of the replaced is gone, another segment with the
    /// same embeddings was recorded, all were forgotten, or the space was.
    func record(
        _ segment: IndexSegment, replacing names: [String] = [], since: Int64?, space: EmbeddingSpace
    ) async throws(CatalogueError) {
        try await write { database in
            guard let log = try ChangeLog(of: space, in: database),
                try log.isComplete(with: segment, replacing: names, since: since)
            else { throw CatalogueError.segmentsChanged(space: space.identity) }
            try log.replace(names, by: segment)
            try log.prune()
        }
    }

    /// Takes segments out whose files are damaged or gone, and with them all others of the same space.
    ///
    /// What was in them is logged as if it had just been added, so that the next snapshot comes with all embeddings of the
    /// space, and whoever was caught up begins afresh. Names that the catalogue does not know change nothing.
    func forget(segments names: [String]) async throws(CatalogueError) {
        try await write { database in
            for name in names {
                let space = try SQLRequest<Int64>(literal: "SELECT spaceID FROM segment WHERE name = \(name)")
                    .fetchOne(database)
                if let space { try ChangeLog.dropSegments(ofSpace: space, in: database) }
            }
        }
    }

    /// Of all spaces. A file with another name is left over, or is being written and was not recorded yet.
    func segmentNames() async throws(CatalogueError) -> Set<String> {
        try await read { try String.fetchSet($0, sql: "SELECT name FROM segment") }
    }
}
