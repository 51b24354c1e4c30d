import Postgres
import Synchronization
import TestSupport
import Testing

/// A server that reads nothing for longer than one that is gone is waited for, because it works on what it was sent before.
@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server"), .timeLimit(.minutes(20))) struct BusyServerTests {
    private let bench: PostgresBench
    private let address: PostgresAddress

    init() throws {
        bench = try PostgresBench()
        address = try PostgresAddress(bench.address.description + "?tcp_user_timeout=1000")
    }

    /// A table that takes its time over the row with the number zero.
    private func slowTable() async throws -> PostgresConnection {
        let connection = try await PostgresConnection.open(address, settings: PostgresBench.settings)
        try await connection.execute(
            """
            CREATE UNLOGGED TABLE shelf (number bigint, bytes bytea, CHECK (number > 0 OR pg_sleep(3) IS NOT NULL));
            """)
        return connection
    }

    /// More than what lies between us and the server.
    private static let (rowCount, bytes) = (200, [UInt8](repeating: 7, count: 100_000))

    private func expectAll(_ connection: PostgresConnection) async throws {
        #expect(try await connection.query("SELECT count(*) FROM shelf")[0].int64(0) == Int64(Self.rowCount))
    }

    @Test func rowsAreCopiedToTheEnd() async throws {
        let connection = try await slowTable()
        let numbers = Mutex(0..<Int64(Self.rowCount))
        try await connection.copy(into: "COPY shelf FROM STDIN (FORMAT binary)") { writer in
            guard let number = numbers.withLock({ $0.popFirst() }) else { return false }
            writer.row(of: 2)
            writer.write(number)
            writer.write(Self.bytes)
            return true
        }
        try await expectAll(connection)
    }

    @Test func statementsAreRunToTheLast() async throws {
        let connection = try await slowTable()
        _ = try await connection.pipeline(
            (0..<Self.rowCount).map {
                ("INSERT INTO shelf VALUES ($1, $2)", [.int64(Int64($0)), .bytes(Self.bytes)])
            })
        try await expectAll(connection)
    }
}
