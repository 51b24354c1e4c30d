import Foundation
import Postgres
import TestSupport

/// A database of a real server that only one test has.
struct PostgresBench {
    let database: TestDatabase
    let address: PostgresAddress

    init() throws {
        guard let database = TestDatabase() else { throw NoServer() }
        self.database = database
        address = try PostgresAddress(database.address)
    }

    private struct NoServer: Error {}

    func connection() async throws -> PostgresConnection {
        try await PostgresConnection.open(address, settings: Self.settings)
    }

    func pool(of size: Int) -> PostgresPool { PostgresPool(address, settings: Self.settings, size: size) }

    static let settings = PostgresSettings(applicationName: "test")

    /// What somebody else is told who cannot log in.
    static func refusal(_ address: String) async -> PostgresError? {
        do {
            _ = try await PostgresConnection.open(PostgresAddress(address), settings: settings)
            return nil
        } catch { return error as? PostgresError }
    }
}
