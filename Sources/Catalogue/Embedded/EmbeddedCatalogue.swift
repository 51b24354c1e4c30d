import Foundation
import GRDB
import SystemPackage
import Vectors

/// A catalogue in one SQLite file, with indexes of its embeddings in files beside it.
struct EmbeddedCatalogue: PhotoCatalogue {
    /// Of its file.
    let path: FilePath
    private let database: DatabasePool

    var location: CatalogueLocation { .file(path) }
    var longestPath: Int? { nil }

    func checkPresence() async throws {}
    func workList(of _: EmbeddingSpace) -> WorkList? { nil }
    func sharedWork() async throws -> SharedWork? { nil }

    // A type is quickly told from an embedding, which is at hand.
    func typeCoverage(of _: EmbeddingSpace) async throws -> TypeCoverage { .none }
    func types(ofContents _: [Int64], space _: EmbeddingSpace) async throws -> [Int64: Int16] { [:] }
    func keepTypes(of _: EmbeddingSpace, by _: @Sendable (Embedding) -> Int16) async throws {}

    /// One index serves all metrics.
    func index(of space: EmbeddingSpace, for _: Metric) -> any EmbeddingIndex { SpaceIndex(of: space, in: self) }

    /// Opens the catalogue, and makes it where there is none yet.
    init(at path: FilePath) throws(CatalogueError) {
        self.path = path
        do {
            try Self.makeFolder(of: path)
            database = try Self.opened(at: path)
        } catch {
            throw CatalogueError(error, at: path)
        }
    }

    /// What fails because other processes open, make or close the file at the same moment succeeds soon after.
    private static func opened(at path: FilePath) throws -> DatabasePool {
        let deadline = ContinuousClock.now + .seconds(60)
        while true {
            do {
                try checkIsOurs(path)
                let database = try DatabasePool(path: path.string, configuration: configuration)
                try bringUpToDate(database, at: path)
                return database
            } catch  where isPassing(error) && ContinuousClock.now < deadline {
                Thread.sleep(forTimeInterval: 0.02)
            }
        }
    }

    /// SQLite refuses some of several that make a journal at once, without the wait that was asked for; and GRDB does
    /// not expect that the journal it is about to look at is cleared away.
    private static func isPassing(_ error: any Error) -> Bool {
        switch error {
        case let error as DatabaseError: error.resultCode == .SQLITE_BUSY
        case let error as CocoaError: error.code == .fileReadNoSuchFile
        default: false
        }
    }

    private static let busyMode = Database.BusyMode.timeout(60)

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = busyMode
        // Some for those who go through a table, and some for those who ask for a moment.
        configuration.maximumReaderCount = 8
        configuration.prepareDatabase { database in
            // An embedding fills a small page to a half only. Takes effect while the file is still empty.
            try database.execute(sql: "PRAGMA page_size = 16384")
            // A commit every few seconds may cost a wait for the disk, and then survives a power cut.
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        return configuration
    }

    private static func makeFolder(of path: FilePath) throws {
        let folder = path.removingLastComponent()
        guard !folder.isEmpty else { return }
        do {
            try FileManager.default.createDirectory(atPath: folder.string, withIntermediateDirectories: true)
        } catch {
            throw CatalogueError.noPermission(.file(path))
        }
    }

    /// Looks into a file that is there before anything in it is changed: it may be another program's.
    private static func checkIsOurs(_ path: FilePath) throws {
        guard let status = try? FileManager.default.attributesOfItem(atPath: path.string),
            (status[.size] as? Int ?? 0) > 0
        else { return }
        var configuration = Configuration()
        configuration.busyMode = busyMode
        let isOurs = try DatabaseQueue(path: path.string, configuration: configuration).read { database in
            let id = try Int.fetchOne(database, sql: "PRAGMA application_id")
            return try id == Schema.applicationID || isUnused(database)
        }
        if !isOurs { throw CatalogueError.notACatalogue(.file(path)) }
    }

    /// Whether nothing was ever put in, as while another process is making the catalogue.
    private static func isUnused(_ database: Database) throws -> Bool {
        let tables = try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
        guard tables == ["grdb_migrations"] else { return tables.isEmpty }
        return try Int.fetchOne(database, sql: "SELECT count(*) FROM grdb_migrations") == 0
    }

    private static func bringUpToDate(_ database: DatabasePool, at path: FilePath) throws {
        let migrator = Schema.migrator
        let (isNewer, isCurrent) = try database.read { database in
            (try migrator.hasBeenSuperseded(database), try migrator.hasCompletedMigrations(database))
        }
        if isNewer { throw CatalogueError.fromNewerVersion(.file(path)) }
        if !isCurrent { try Self.migrate(database, migrator) }
    }

    private static func migrate(_ database: DatabasePool, _ migrator: DatabaseMigrator) throws {
        let completed = try database.read(migrator.completedMigrations)
        do {
            try migrator.migrate(database)
        } catch {
            // Another process may have been quicker, and made the tables that this one was about to make.
            guard try database.read(migrator.completedMigrations) != completed else { throw error }
            try migrate(database, migrator)
        }
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws(CatalogueError) -> T {
        try await finish { [database] in try await database.read(body) }
    }

    /// For what takes less time than handing it to another thread would: nothing that goes through a whole table.
    func glance<T>(_ body: (Database) throws -> T) throws(CatalogueError) -> T {
        do { return try database.read(body) } catch { throw CatalogueError(error, at: path) }
    }

    /// One transaction: all of it, or none.
    func write<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws(CatalogueError) -> T {
        try await finish { [database] in try await database.write(body) }
    }

    /// Leaves no free pages in the file, which is written anew for it.
    func shrink() async throws(CatalogueError) {
        try await finish { [database] in try await database.vacuum() }
    }

    /// Moves what was written lately from the journal into the file, and leaves the journal empty.
    func truncateJournal() async throws(CatalogueError) {
        try await finish { [database] in
            try await database.barrierWriteWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        }
    }

    /// Access that has begun is finished even in a task that is cancelled meanwhile, so that a run that is stopped
    /// can still record what it found.
    private func finish<T: Sendable>(_ access: @escaping @Sendable () async throws -> T) async throws(CatalogueError)
        -> T
    {
        do { return try await Task(operation: access).value } catch { throw CatalogueError(error, at: path) }
    }
}
