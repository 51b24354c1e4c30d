import TestSupport
import Testing

@testable import Postgres

/// Which statements a session keeps, and under which names.
@Suite struct PreparedStatementsTests {
    private func key(_ number: Int) -> PreparedStatements.Key { .init(text: "SELECT \(number)", types: []) }

    private func full() -> PreparedStatements {
        (0...100).reduce(into: PreparedStatements()) { $0.add(key($1), as: "\($1)") }
    }

    @Test func theOneThatWasNotAskedForTheLongestIsDropped() {
        var statements = full()
        #expect(statements.name(of: key(0)) == "0")
        #expect(statements.removeSuperfluous() == "1")
        #expect(statements.removeSuperfluous() == nil)
        #expect(statements.name(of: key(1)) == nil && statements.name(of: key(0)) == "0")
    }

    @Test func aStatementIsAnotherWithOtherTypes() {
        var statements = PreparedStatements()
        statements.add(.init(text: "SELECT $1", types: [20]), as: "a")
        #expect(statements.name(of: .init(text: "SELECT $1", types: [25])) == nil)
    }

    @Test func noNameIsGivenTwice() {
        var statements = PreparedStatements()
        let names = (0..<1000).map { _ in statements.newName() }
        #expect(Set(names).count == 1000)
    }
}

@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server")) struct PreparingTests {
    private let bench: PostgresBench

    init() throws { bench = try PostgresBench() }

    @Test func moreThanAreKeptCanBeSentAtOnce() async throws {
        let connection = try await bench.connection()
        let rows = try await connection.pipeline((0..<250).map { ("SELECT \($0)::bigint", []) })
        #expect(try rows.map { try $0[0].int64(0) } == Array(0..<250))
        try await connection.query("SELECT 1")
        let kept = try await connection.query("SELECT count(*) FROM pg_prepared_statements")
        #expect(try kept[0].int64(0) <= 102)
    }

    @Test func whatTheServerDidNotUnderstandIsPreparedOnceMore() async throws {
        let connection = try await bench.connection()
        let error = await #expect(throws: PostgresError.self) { try await connection.query("SELECT * FROM shelf") }
        #expect(error?.state == "42P01")
        try await connection.execute("CREATE TABLE shelf (number bigint)")
        #expect(try await connection.query("SELECT * FROM shelf").isEmpty)
    }

    @Test func whatWasPreparedInATransactionOutlivesItsEnd() async throws {
        let connection = try await bench.connection()
        await #expect(throws: CancellationError.self) {
            try await connection.transaction { connection in
                try await connection.query("SELECT $1::bigint", [.int64(1)])
                throw CancellationError()
            }
        }
        #expect(try await connection.query("SELECT $1::bigint", [.int64(7)])[0].int64(0) == 7)
    }

    @Test func aFailedTransactionHindersNothingBehindIt() async throws {
        let connection = try await bench.connection()
        for number in 0..<100 { try await connection.query("SELECT \(number)") }
        await #expect(throws: PostgresError.self) {
            try await connection.transaction { try await $0.query("SELECT 1 / $1", [.int32(0)]) }
        }
        for number in 0..<150 { try await connection.query("SELECT \(number), 1") }
        #expect(try await connection.query("SELECT count(*) FROM pg_prepared_statements")[0].int64(0) <= 101)
    }
}
