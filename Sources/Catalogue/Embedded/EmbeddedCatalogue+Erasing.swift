import GRDB
import SystemPackage

// What is to leave nothing behind.
extension EmbeddedCatalogue {
    func forget(photos paths: [FilePath]) async throws(CatalogueError) -> Int {
        try await write { database in
            var count = 0
            for path in paths {
                try database.run("DELETE FROM photo WHERE path = \(path.blob)")
                count += database.changesCount
            }
            try Self.dropUnusedContents(in: database)
            return count
        }
    }

    /// Leaves no byte of what was deleted in the catalogue's file or in its journal; both are written anew for it.
    ///
    /// Files that others made from the catalogue are theirs to erase. Waits for those who are reading; throws `inUse` where
    /// one of them takes longer than a minute, and then has to be called again.
    func eraseFile() async throws(CatalogueError) {
        try await shrink()
        try await truncateJournal()
    }
}
