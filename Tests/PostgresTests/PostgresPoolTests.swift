import Postgres
import TestSupport
import Testing

@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server")) struct PostgresPoolTests {
    private let bench: PostgresBench

    init() throws { bench = try PostgresBench() }

    private func session(_ pool: PostgresPool) async throws -> Int32 {
        try await pool.withConnection { try await $0.query("SELECT pg_backend_pid()")[0].int32(0) }
    }

    @Test func sessionsAreUsedAgain() async throws {
        let pool = bench.pool(of: 4)
        let first = try await session(pool)
        #expect(try await session(pool) == first)
    }

    @Test func noMoreAreOpenedThanAllowedHoweverManyAsk() async throws {
        let pool = bench.pool(of: 3)
        let sessions = try await withThrowingTaskGroup(of: Int32.self) { group in
            for _ in 0..<60 {
                group.addTask {
                    try await pool.withConnection {
                        try await $0.query("SELECT pg_backend_pid(), pg_sleep(0.002)")[0].int32(0)
                    }
                }
            }
            return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
        }
        #expect(sessions.count <= 3)
    }

    @Test func aSessionThatTheServerEndedIsReplaced() async throws {
        let (pool, other) = (bench.pool(of: 1), try await bench.connection())
        let first = try await session(pool)
        try await other.query("SELECT pg_terminate_backend($1)", [.int32(first)])
        // What was used just now is lent without a look.
        try await Task.sleep(for: .milliseconds(1100))
        #expect(try await session(pool) != first)
    }

    @Test func aSessionThatWasLeftInATransactionIsNotLentAgain() async throws {
        let pool = bench.pool(of: 1)
        let first = try await session(pool)
        try await pool.withConnection { try await $0.execute("BEGIN") }
        #expect(try await session(pool) != first)
    }

    @Test func whoCannotLogInTakesNobodysPlace() async throws {
        let address = try PostgresAddress(bench.address.description).naming(database: "no_such_database")
        let pool = PostgresPool(address, settings: PostgresBench.settings, size: 1)
        for _ in 0..<3 {
            await #expect(throws: PostgresError.self) {
                try await pool.withConnection { try await $0.execute("SELECT 1") }
            }
        }
    }

    @Test func whoHasNoTimeLeftIsToldSoWhateverIsWaitedFor() async throws {
        let pool = bench.pool(of: 1)
        await #expect(throws: PostgresError.deadlineExceeded) {
            try await pool.withConnection(within: .milliseconds(50)) { try await $0.query("SELECT pg_sleep(20)") }
        }
        let holding = Task { try await pool.withConnection { try await $0.query("SELECT pg_sleep(1)") } }
        try await Task.sleep(for: .milliseconds(200))
        await #expect(throws: PostgresError.deadlineExceeded) {
            try await pool.withConnection(within: .milliseconds(50)) { try await $0.query("SELECT 1") }
        }
        _ = try await holding.value
        #expect(try await pool.withConnection(within: .seconds(60)) { try await $0.query("SELECT 7")[0].int32(0) } == 7)
    }

    /// Nobody is there at the address, and nothing says so.
    @Test func aLoginThatNobodyAnswersIsGivenUpInTime() async throws {
        let silent = StrangeServer(saying: [])
        let address = try PostgresAddress(silent.address)
        let pool = PostgresPool(address, settings: PostgresSettings(applicationName: "test", patience: 3600), size: 1)
        await #expect(throws: PostgresError.deadlineExceeded) {
            try await pool.withConnection(within: .milliseconds(100)) { try await $0.query("SELECT 1") }
        }
        withExtendedLifetime(silent) {}
    }

    @Test func sessionsThatNobodyHasAreEnded() async throws {
        let pool = bench.pool(of: 1)
        let first = try await session(pool)
        pool.endIdle()
        #expect(try await session(pool) != first)
    }
}
