import Postgres
import Synchronization
import TestSupport
import Testing

/// Those who want a session where none is free.
@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server")) struct PoolWaitingTests {
    private let bench: PostgresBench

    init() throws { bench = try PostgresBench() }

    @Test func whoCameFirstIsServedFirst() async throws {
        let pool = bench.pool(of: 1)
        let served = Served()
        let waiting = try await pool.withConnection { connection in
            // Each begins to wait before the next one comes.
            let waiting = (0..<20).map { number in
                Task.immediate { try await pool.withConnection { _ in served.add(number) } }
            }
            try await connection.execute("SELECT 1")
            return waiting
        }
        for task in waiting { try await task.value }
        #expect(served.numbers == Array(0..<20))
    }

    @Test func whoIsCancelledWaitsNoLongerAndTheOthersDo() async throws {
        let pool = bench.pool(of: 1)
        let second = try await pool.withConnection { _ in
            let first = Task.immediate { try await pool.withConnection { _ in } }
            let second = Task.immediate { try await pool.withConnection { _ in } }
            first.cancel()
            await #expect(throws: CancellationError.self) { try await first.value }
            return second
        }
        try await second.value
    }

    @Test func whoeverWaitsForASessionThatBrokeGetsAnother() async throws {
        let (pool, other) = (bench.pool(of: 1), try await bench.connection())
        let waiting = try await pool.withConnection { connection in
            let own = try await connection.query("SELECT pg_backend_pid()")[0].int32(0)
            let waiting = Task.immediate {
                try await pool.withConnection { try await $0.query("SELECT 7::bigint")[0].int64(0) }
            }
            try await other.query("SELECT pg_terminate_backend($1, 60000)", [.int32(own)])
            _ = try? await connection.query("SELECT 1")
            return waiting
        }
        #expect(try await waiting.value == 7)
    }

    @Test func aSessionOfOnesOwnIsNoneOfThePool() async throws {
        let pool = bench.pool(of: 1)
        let lent = try await pool.withConnection { connection in
            let own = try await pool.session()
            let query = "SELECT pg_backend_pid()"
            #expect(try await own.query(query)[0].int32(0) != connection.query(query)[0].int32(0))
            return try await own.query(query)[0].int32(0)
        }
        let query = "SELECT 1 FROM pg_stat_activity WHERE pid = $1"
        // It ends with whoever had it.
        while try await pool.withConnection({ try await !$0.query(query, [.int32(lent)]).isEmpty }) {
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test func nothingOfABodyThatThrowsIsLent() async throws {
        struct Failure: Error {}
        let pool = bench.pool(of: 1)
        for _ in 0..<3 {
            await #expect(throws: Failure.self) {
                try await pool.withConnection { connection in
                    try await connection.execute("BEGIN")
                    throw Failure()
                }
            }
        }
        let state = try await pool.withConnection {
            try await $0.query("SELECT pg_current_xact_id_if_assigned() IS NULL")
        }
        #expect(try state[0].bool(0))
    }
}

/// Who was served, in that order.
private final class Served: Sendable {
    private let list = Mutex<[Int]>([])

    var numbers: [Int] { list.withLock(\.self) }

    func add(_ number: Int) { list.withLock { $0.append(number) } }
}
