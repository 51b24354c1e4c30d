import Postgres
import TestSupport
import Testing

/// What is left of what somebody would not wait for.
@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server"), .timeLimit(.minutes(20))) struct GivingUpTests {
    private let bench: PostgresBench

    init() throws { bench = try PostgresBench() }

    /// Cancels a task once the server does what it asks for.
    private func cancel(_ task: Task<Void, any Error>, once statement: String) async throws {
        let other = try await bench.connection()
        try await wait(for: "state = 'active' AND query LIKE '\(statement)%'", count: 1, other)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    /// Until so many sessions with this database are like that.
    private func wait(for condition: String, count: Int64, _ connection: PostgresConnection) async throws {
        let query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND \(condition)"
        while try await connection.query(query)[0].int64(0) != count { try await Task.sleep(for: .milliseconds(20)) }
    }

    private func number(_ pool: PostgresPool, _ query: String = "SELECT 7::bigint") async throws -> Int64 {
        try await pool.withConnection { try await $0.query(query)[0].int64(0) }
    }

    @Test func aPipelineCanBeCancelled() async throws {
        let pool = bench.pool(of: 1)
        let task = Task { try await pool.withConnection { _ = try await $0.pipeline([("SELECT pg_sleep(3600)", [])]) } }
        try await cancel(task, once: "SELECT pg_sleep")
        #expect(try await number(pool) == 7)
    }

    @Test func aCopyCanBeCancelledThoughTheServerTakesAll() async throws {
        let pool = bench.pool(of: 1)
        try await pool.withConnection { try await $0.execute("CREATE UNLOGGED TABLE shelf (bytes bytea)") }
        let bytes = [UInt8](repeating: 0, count: 100_000)
        let task = Task {
            try await pool.withConnection { connection in
                _ = try await connection.copy(into: "COPY shelf FROM STDIN (FORMAT binary)") { writer in
                    writer.row(of: 1)
                    writer.write(bytes)
                    return true
                }
            }
        }
        try await cancel(task, once: "COPY shelf")
        #expect(try await number(pool, "SELECT count(*) FROM shelf") == 0)
    }

    @Test func aTransactionThatIsCancelledIsRolledBack() async throws {
        let (connection, other) = (try await bench.connection(), try await bench.connection())
        try await connection.execute("CREATE TABLE shelf (number bigint)")
        let task = Task<Void, any Error> {
            try await connection.transaction {
                try await $0.query("INSERT INTO shelf VALUES (1)")
                try await $0.query("SELECT pg_sleep(3600)")
            }
        }
        try await cancel(task, once: "SELECT pg_sleep")
        // Where the server was slow to stop, the session is ended.
        try await wait(for: "state LIKE 'idle in transaction%'", count: 0, other)
        #expect(try await other.query("SELECT * FROM shelf").isEmpty)
    }

    /// Its locks are others' to wait for.
    @Test func aSessionIsEndedWhereTheServerIsSlowToStopThoughItIsHeld() async throws {
        let (connection, other) = (try await bench.connection(), try await bench.connection())
        try await connection.execute("CREATE TABLE shelf (number bigint)")
        let task = Task<Void, any Error> {
            try await connection.transaction {
                try await $0.query("INSERT INTO shelf VALUES (1)")
                try await $0.execute(
                    """
                    DO $$ BEGIN PERFORM pg_sleep(3600); EXCEPTION WHEN query_canceled THEN PERFORM pg_sleep(1); END $$
                    """)
            }
        }
        try await cancel(task, once: "DO")
        try await wait(for: "pid <> pg_backend_pid()", count: 0, other)
        #expect(try await other.query("SELECT * FROM shelf").isEmpty)
        await #expect(throws: PostgresError.self) { try await connection.execute("SELECT 1") }
    }

    @Test func whatIsCancelledBeforeItBeginsIsNotSent() async throws {
        let connection = try await bench.connection()
        try await connection.execute("CREATE TABLE shelf (number bigint)")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await connection.execute("INSERT INTO shelf VALUES (1)")
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await connection.query("SELECT * FROM shelf").isEmpty)
    }

    @Test func whoStandsInLineForASessionEndsNoStatementOfAnothers() async throws {
        let connection = try await bench.connection()
        let first = Task { try await connection.query("SELECT 7::bigint, pg_sleep(0.5)")[0].int64(0) }
        try await wait(for: "query LIKE 'SELECT 7%'", count: 1, try await bench.connection())
        let second = Task { try await connection.query("SELECT 8") }
        second.cancel()
        _ = await second.result
        #expect(try await first.value == 7)
    }

    /// The request to cancel takes its own way to the server, and may be slower than what it was to end.
    @Test func aRequestThatComesTooLateEndsNoOtherStatement() async throws {
        let pool = bench.pool(of: 1)
        for round in 0..<100 {
            try await pool.withConnection { connection in
                let deadline = ContinuousClock.now + .microseconds(1500 + 20 * round)
                _ = try? await connection.query("SELECT pg_sleep(0.002)", deadline: deadline)
                do { try await connection.query("SELECT pg_sleep(0.001)") } catch PostgresError.connectionLost {
                    // Where it is not known whether the request has arrived.
                }
            }
        }
    }

    @Test func whoCancelsLateEndsNoOtherStatement() async throws {
        let pool = bench.pool(of: 1)
        for round in 0..<100 {
            let task = Task { try await number(pool) }
            try await Task.sleep(for: .microseconds(round))
            task.cancel()
            _ = await task.result
            #expect(try await number(pool) == 7)
        }
    }

    @Test func aDeadlineThatIsOverAlreadyIsKept() async throws {
        let pool = bench.pool(of: 1)
        await #expect(throws: PostgresError.deadlineExceeded) {
            try await pool.withConnection { try await $0.query("SELECT pg_sleep(3600)", deadline: .now - .seconds(1)) }
        }
        #expect(try await number(pool) == 7)
    }
}
