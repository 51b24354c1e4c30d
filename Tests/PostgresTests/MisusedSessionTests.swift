import Postgres
import TestSupport
import Testing

/// Sessions that are asked for what they are not there for end, rather than wait for ever.
@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server")) struct MisusedSessionTests {
    private let bench: PostgresBench

    init() throws { bench = try PostgresBench() }

    private func expectLoss(_ body: (PostgresConnection) async throws -> Void) async throws {
        let pool = bench.pool(of: 1)
        guard
            case .connectionLost = await #expect(
                throws: PostgresError.self, performing: { try await pool.withConnection(body) })
        else {
            Issue.record("it is not lost")
            return
        }
        #expect(try await pool.withConnection { try await $0.query("SELECT 7::bigint")[0].int64(0) } == 7)
    }

    @Test func rowsAreNotCopiedOut() async throws {
        try await expectLoss { try await $0.execute("COPY (SELECT generate_series(1, 100000)) TO STDOUT") }
        try await expectLoss { _ = try await $0.query("COPY (SELECT 1) TO STDOUT") }
    }

    @Test func aStatementThatTakesNoRowsIsGivenNone() async throws {
        try await expectLoss { connection in
            try await connection.copy(into: "SELECT 1") { writer in
                writer.row(of: 1)
                writer.write(1 as Int64)
                return false
            }
        }
    }

    @Test func aSessionThatEndedSaysWhyEachTime() async throws {
        let (connection, other) = (try await bench.connection(), try await bench.connection())
        let own = try await connection.query("SELECT pg_backend_pid()")[0].int32(0)
        try await other.query("SELECT pg_terminate_backend($1, 60000)", [.int32(own)])
        for _ in 0..<2 {
            let error = await #expect(throws: PostgresError.self) { try await connection.query("SELECT 1") }
            #expect(error?.description.contains("terminating connection due to administrator command") == true)
        }
    }

    @Test func aTableThatIsNotThereTakesNoRows() async throws {
        let connection = try await bench.connection()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.copy(into: "COPY shelf FROM STDIN (FORMAT binary)") { _ in false }
        }
        #expect(error?.state == "42P01")
        #expect(try await connection.query("SELECT 7::bigint")[0].int64(0) == 7)
    }

    @Test func aWordOfNoTextIsRefused() async throws {
        let error = await #expect(throws: PostgresError.self) {
            try await bench.connection().query("SELECT $1::text", [.text("a\0b")])
        }
        #expect(error?.state == "22021")
    }
}
