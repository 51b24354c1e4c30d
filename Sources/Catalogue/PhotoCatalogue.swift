import Foundation
import GRDB
public import SystemPackage

/// Which photos there are in the folders that were named, and their embeddings, in one SQLite file.
///
/// This file is the truth; an index over the embeddings can always be made anew from it. Any number of
/// processes may use it at once.
public struct PhotoCatalogue: Sendable {
    let path: FilePath
    private let database: DatabasePool

    /// Opens the catalogue, and makes it where there is none yet.
    public init(at path: FilePath) throws(CatalogueError) {
        self.path = path
        do {
            try Self.makeFolder(of: path)
            database = try DatabasePool(path: path.string, configuration: Self.configuration)
            try Self.bringUpToDate(database, at: path)
        } catch {
            throw CatalogueError(error, at: path)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(60)
        configuration.prepareDatabase { database in
            // An embedding fills a small page to a half only. Takes effect while the file is still empty.
            try database.execute(sql: "PRAGMA page_size = 16384")
            // A commit survives a killed program at once, and a power cut after the next checkpoint.
            try database.execute(sql: "PRAGMA synchronous = NORMAL")
            // A search reads all embeddings: mapped, they are not copied before they are looked at.
            try database.execute(sql: "PRAGMA mmap_size = 2147418112")
        }
        return configuration
    }

    private static func makeFolder(of path: FilePath) throws {
        let folder = path.removingLastComponent()
        guard !folder.isEmpty else { return }
        do {
            try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        } catch {
            throw CatalogueError.noPermission(path)
        }
    }

    private static func bringUpToDate(_ database: DatabasePool, at path: FilePath) throws {
        let migrator = Schema.migrator
        let (isForeign, isNewer, isCurrent) = try database.read { database in
            let isForeign = try !Self.isEmpty(database) && !database.tableExists("grdb_migrations")
            return (isForeign, try migrator.hasBeenSuperseded(database), try migrator.hasCompletedMigrations(database))
        }
        if isForeign { throw CatalogueError.notACatalogue(path) }
        if isNewer { throw CatalogueError.fromNewerVersion(path) }
        if !isCurrent { try Self.migrate(database, migrator) }
    }

    private static func migrate(_ database: DatabasePool, _ migrator: DatabaseMigrator) throws {
        do {
            try migrator.migrate(database)
        } catch {
            // Another process may have been quicker, and made the tables that this one was about to make.
            guard try database.read(migrator.hasCompletedMigrations) else { throw error }
        }
    }

    private static func isEmpty(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws(CatalogueError) -> T {
        try await finish { [database] in try await database.read(body) }
    }

    /// One transaction: all of it, or none.
    func write<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws(CatalogueError) -> T {
        try await finish { [database] in try await database.write(body) }
    }

    /// Access that has begun is finished even in a task that is cancelled meanwhile, so that a run that is stopped
    /// can still record what it found.
    private func finish<T: Sendable>(_ access: @escaping @Sendable () async throws -> T) async throws(CatalogueError)
        -> T
    {
        do { return try await Task(operation: access).value } catch { throw CatalogueError(error, at: path) }
    }
}
