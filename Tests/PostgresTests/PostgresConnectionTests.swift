import Foundation
import Postgres
import TestSupport
import Testing

@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server")) struct PostgresConnectionTests {
    private let bench: PostgresBench

    init() throws { bench = try PostgresBench() }

    @Test func aFailedStatementSaysWhyAndLeavesTheSessionUsable() async throws {
        let connection = try await bench.connection()
        let error = await #expect(throws: PostgresError.self) {
            try await connection.query("SELECT 1 / $1", [.int32(0)])
        }
        #expect(error?.state == "22012")
        #expect(try await connection.query("SELECT 7::bigint")[0].int64(0) == 7)
    }

    @Test func aTransactionIsAllOrNothing() async throws {
        let connection = try await bench.connection()
        try await connection.execute("CREATE TABLE shelf (number bigint PRIMARY KEY)")
        await #expect(throws: PostgresError.self) {
            try await connection.transaction { connection in
                try await connection.query("INSERT INTO shelf VALUES (1)")
                try await connection.query("INSERT INTO shelf VALUES (1)")
            }
        }
        #expect(try await connection.query("SELECT * FROM shelf").isEmpty)
        try await connection.transaction { try await $0.query("INSERT INTO shelf VALUES (2)") }
        #expect(try await connection.query("SELECT * FROM shelf").count == 1)
    }

    @Test func manyLongStatementsPassInOneRoundTrip() async throws {
        let connection = try await bench.connection()
        let bytes = [UInt8](repeating: 7, count: 6000)
        let rows = try await connection.pipeline(
            (0..<500).map { ("SELECT $1::bigint, $2::bytea", [.int64($0), .bytes(bytes)]) })
        #expect(try rows.map { try $0[0].int64(0) } == Array(0..<500))
        #expect(try rows[499][0].bytes(1) == bytes)
    }

    @Test func whereOneOfThemFailsNoneHasHappened() async throws {
        let connection = try await bench.connection()
        try await connection.execute("CREATE TABLE shelf (number bigint)")
        let error = await #expect(throws: PostgresError.self) {
            try await connection.pipeline([
                ("INSERT INTO shelf VALUES ($1)", [.int64(1)]), ("SELECT 1 / $1", [.int32(0)]),
                ("INSERT INTO shelf VALUES ($1)", [.int64(2)]),
            ])
        }
        #expect(error?.state == "22012")
        #expect(try await connection.query("SELECT * FROM shelf").isEmpty)
    }

    @Test func copiedRowsArriveAndAreCounted() async throws {
        let connection = try await bench.connection()
        try await connection.execute("CREATE EXTENSION vector; CREATE TABLE shelf (number bigint, vector vector(3))")
        let numbers = Counter(to: 20_000)
        let count = try await connection.copy(into: "COPY shelf FROM STDIN (FORMAT binary)") { writer in
            guard let number = numbers.next() else { return false }
            writer.row(of: 2)
            writer.write(number)
            writer.write(vector: [Float(number), 0, -1])
            return true
        }
        #expect(count == 20_000)
        let row = try await connection.query("SELECT count(*) OVER (), vector FROM shelf ORDER BY number DESC LIMIT 1")[
            0]
        #expect(try row.int64(0) == 20_000 && row.floats(1) == [19_999, 0, -1])
    }

    @Test func whereOneRowIsRefusedNoneIsKept() async throws {
        let connection = try await bench.connection()
        try await connection.execute("CREATE TABLE shelf (number bigint CHECK (number < 15000))")
        let numbers = Counter(to: 20_000)
        let error = await #expect(throws: PostgresError.self) {
            try await connection.copy(into: "COPY shelf FROM STDIN (FORMAT binary)") { writer in
                guard let number = numbers.next() else { return false }
                writer.row(of: 1)
                writer.write(number)
                return true
            }
        }
        #expect(error?.state == "23514")
        #expect(try await connection.query("SELECT * FROM shelf").isEmpty)
    }

    @Test func aWriterThatGivesUpLeavesNothingAndTheSessionUsable() async throws {
        let connection = try await bench.connection()
        try await connection.execute("CREATE TABLE shelf (number bigint)")
        await #expect(throws: CancellationError.self) {
            try await connection.copy(into: "COPY shelf FROM STDIN (FORMAT binary)") { writer in
                writer.row(of: 1)
                writer.write(1 as Int64)
                throw CancellationError()
            }
        }
        #expect(try await connection.query("SELECT * FROM shelf").isEmpty)
    }

    @Test func noMoreStatementsAreKeptThanAHundred() async throws {
        let connection = try await bench.connection()
        for number in 0..<250 { try await connection.query("SELECT \(number), $1::bigint", [.int64(1)]) }
        try await connection.query("SELECT 249, $1::bigint", [.int64(1)])
        let kept = try await connection.query("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 's%'")
        #expect(try kept[0].int64(0) <= 101)
    }

    @Test func settingsReachTheServerAndStayUntilOthersAreAskedFor() async throws {
        let connection = try await bench.connection()
        let query = "SELECT current_setting('work_mem') || current_setting('application_name')"
        #expect(try await connection.query(query, with: ["work_mem": "5MB"])[0].text(0) == "5MBtest")
        #expect(try await connection.query(query)[0].text(0) == "5MBtest")
        #expect(try await connection.query(query, with: ["work_mem": "6MB"])[0].text(0) == "6MBtest")
    }

    @Test func aDeadlineIsKeptAndTheSessionIsUsableAfterwards() async throws {
        let pool = bench.pool(of: 1)
        await #expect(throws: PostgresError.deadlineExceeded) {
            try await pool.withConnection {
                try await $0.query("SELECT pg_sleep(3600)", deadline: .now + .milliseconds(100))
            }
        }
        #expect(try await pool.withConnection { try await $0.query("SELECT 7::bigint")[0].int64(0) } == 7)
    }

    @Test func whoIsCancelledWaitsNoLongerAndTheServerStops() async throws {
        let (pool, other) = (bench.pool(of: 1), try await bench.connection())
        let waiting = Task { try await pool.withConnection { _ = try await $0.query("SELECT pg_sleep(3600)") } }
        let sleepers =
            "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%'"
            + " AND datname = current_database()"
        while try await other.query(sleepers)[0].int64(0) == 0 { try await Task.sleep(for: .milliseconds(20)) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        while try await other.query(sleepers)[0].int64(0) > 0 { try await Task.sleep(for: .milliseconds(20)) }
    }

    @Test func aSessionThatIsEndedInTheMiddleSaysSo() async throws {
        let (connection, other) = (try await bench.connection(), try await bench.connection())
        let own = try await connection.query("SELECT pg_backend_pid()")[0].int32(0)
        let waiting = Task { _ = try await connection.query("SELECT pg_sleep(3600)") }
        try await Task.sleep(for: .milliseconds(100))
        try await other.query("SELECT pg_terminate_backend($1)", [.int32(own)])
        let error = await #expect(throws: PostgresError.self) { try await waiting.value }
        guard case .connectionLost = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}

/// Numbers from 0 on, for whoever asks.
private final class Counter: Sendable {
    private let end: Int64
    // Asked on one thread alone.
    private nonisolated(unsafe) var number: Int64 = 0

    init(to end: Int64) { self.end = end }

    func next() -> Int64? {
        defer { number += 1 }
        return number < end ? number : nil
    }
}
