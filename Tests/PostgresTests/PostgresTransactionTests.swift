import Postgres
import TestSupport
import Testing

@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server")) struct PostgresTransactionTests {
    private struct Failure: Error {}

    private let bench: PostgresBench

    init() throws { bench = try PostgresBench() }

    private func shelf() async throws -> PostgresConnection {
        let connection = try await bench.connection()
        try await connection.execute("CREATE TABLE shelf (number bigint)")
        return connection
    }

    @Test func whoeverThrowsHasNothingDone() async throws {
        let connection = try await shelf()
        await #expect(throws: Failure.self) {
            try await connection.transaction { connection in
                try await connection.query("INSERT INTO shelf VALUES (1)")
                throw Failure()
            }
        }
        #expect(try await connection.query("SELECT * FROM shelf").isEmpty)
    }

    /// The server answers `COMMIT` with a rollback then, and calls it no error.
    @Test func aFailureThatNobodyHeardOfIsToldInTheEnd() async throws {
        let connection = try await shelf()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.transaction { connection in
                try await connection.query("INSERT INTO shelf VALUES (1)")
                _ = try? await connection.query("SELECT 1 / $1", [.int32(0)])
            }
        }
        #expect(error?.state == "25P02")
        #expect(try await connection.query("SELECT * FROM shelf").isEmpty)
    }

    @Test func whatIsRefusedOnlyAtTheEndIsTold() async throws {
        let connection = try await shelf()
        try await connection.execute("ALTER TABLE shelf ADD UNIQUE (number) DEFERRABLE INITIALLY DEFERRED")
        let error = await #expect(throws: PostgresError.self) {
            try await connection.transaction { try await $0.execute("INSERT INTO shelf VALUES (1), (1)") }
        }
        guard case .server("23505", _, let detail, let constraint) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(detail?.contains("(number)=(1)") == true && constraint == "shelf_number_key")
    }

    @Test func theValueOfTheBodyIsHandedOn() async throws {
        #expect(try await bench.pool(of: 1).withTransaction { try await $0.query("SELECT 7::bigint")[0].int64(0) } == 7)
    }

    @Test func aPipelineThatFailsTakesTheWholeTransactionWithIt() async throws {
        let connection = try await shelf()
        await #expect(throws: PostgresError.self) {
            try await connection.transaction { connection in
                try await connection.query("INSERT INTO shelf VALUES (1)")
                _ = try? await connection.pipeline([
                    ("INSERT INTO shelf VALUES (2)", []), ("SELECT 1 / $1", [.int32(0)]),
                ])
            }
        }
        #expect(try await connection.query("SELECT * FROM shelf").isEmpty)
    }

    @Test func aSettingThatWasRolledBackIsAskedForAgain() async throws {
        let connection = try await bench.connection()
        let query = "SELECT current_setting('work_mem')"
        try await connection.query(query, with: ["work_mem": "5MB"])
        await #expect(throws: Failure.self) {
            try await connection.transaction { connection in
                try await connection.query(query, with: ["work_mem": "6MB"])
                throw Failure()
            }
        }
        #expect(try await connection.query(query, with: ["work_mem": "6MB"])[0].text(0) == "6MB")
        #expect(try await connection.query(query, with: ["work_mem": "5MB"])[0].text(0) == "5MB")
    }
}
