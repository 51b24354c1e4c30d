import Foundation
import Postgres

/// Makes sure, once, that a database has the tables of this version.
actor Preparation {
    private let location: CatalogueLocation
    private let mayBeMade: Bool
    private var isDone = false

    init(_ location: CatalogueLocation, mayBeMade: Bool) {
        (self.location, self.mayBeMade) = (location, mayBeMade)
    }

    /// Throws a `CatalogueError` where the database cannot serve.
    func finish(with pool: PostgresPool) async throws {
        guard !isDone else { return }
        let state = try await pool.withConnection { try await DatabaseState(on: $0) }
        switch state.version {
        case PostgresSchema.version?: break
        case let version? where version > PostgresSchema.version: throw CatalogueError.fromNewerVersion(location)
        case nil where !mayBeMade: throw CatalogueError.missing(location)
        case _: try await migrate(with: pool)
        }
        try await checkVectors(with: pool)
        isDone = true
    }

    /// Of several that make the catalogue at once, one does, and the others wait.
    private func migrate(with pool: PostgresPool) async throws {
        try await pool.withTransaction { connection in
            try await connection.query("SELECT pg_advisory_xact_lock(\(PostgresSchema.lockClass), 0)")
            let version = try await DatabaseState(on: connection).version ?? 0
            for migration in PostgresSchema.migrations.dropFirst(version) { try await connection.execute(migration) }
        }
    }

    private func checkVectors(with pool: PostgresPool) async throws {
        let vectors = try await pool.withConnection { try await DatabaseState(on: $0).vectors }
        guard let vectors else { throw CatalogueError.noVectors(location, found: nil) }
        guard vectors.isRecent else { throw CatalogueError.noVectors(location, found: vectors.version) }
    }
}
