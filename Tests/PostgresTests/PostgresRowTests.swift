import Postgres
import TestSupport
import Testing

/// Values that are not what is asked for.
@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server")) struct PostgresRowTests {
    private let bench: PostgresBench

    init() throws { bench = try PostgresBench() }

    private func row(_ statement: String) async throws -> PostgresRow {
        try await bench.connection().query(statement)[0]
    }

    private func expectRefusal<T>(naming column: String, _ value: () throws -> T) {
        guard case .unexpectedValue(let reason) = #expect(throws: PostgresError.self, performing: { _ = try value() })
        else {
            Issue.record("it is no unexpected value")
            return
        }
        #expect(reason.contains("“\(column)”"))
    }

    @Test func numbersOfAnotherLengthAreRefusedByTheNameOfTheirColumn() async throws {
        let row = try await row("SELECT 1::bigint AS large, 1::integer AS small, true AS yes")
        expectRefusal(naming: "large") { try row.int32(0) }
        expectRefusal(naming: "large") { try row.bool(0) }
        expectRefusal(naming: "small") { try row.int64(1) }
        expectRefusal(naming: "small") { try row.double(1) }
        expectRefusal(naming: "yes") { try row.int32(2) }
    }

    @Test func nullIsRefusedByTheNameOfItsColumn() async throws {
        let row = try await row("SELECT NULL::bigint AS none")
        expectRefusal(naming: "none") { try row.int64(0) }
        expectRefusal(naming: "none") { try row.text(0) }
        expectRefusal(naming: "none") { try row.bytes(0) }
        expectRefusal(naming: "none") { try row.floats(0) }
    }

    @Test func bytesThatAreNoVectorAreRefused() async throws {
        let row = try await row(#"SELECT '\x01'::bytea AS short, '\x000200000000000000'::bytea AS odd"#)
        expectRefusal(naming: "short") { try row.floats(0) }
        expectRefusal(naming: "odd") { try row.floats(1) }
    }

    @Test func aColumnThatIsNotThereHasNoValue() async throws {
        let row = try await row("SELECT 1")
        #expect(row.isNull(1))
        expectRefusal(naming: "1") { try row.int32(1) }
    }

    @Test func theTextOfNoValueIsAnother() async throws {
        let row = try await row("SELECT '' AS empty, NULL::text AS none")
        #expect(try row.text(0) == "" && !row.isNull(0) && row.isNull(1))
    }

    @Test func aStatementSaysHowManyRowsItChanged() async throws {
        let connection = try await bench.connection()
        try await connection.execute("CREATE TABLE shelf AS SELECT generate_series(1, 10) AS number")
        #expect(try await connection.query("DELETE FROM shelf WHERE number > 7").affectedCount == 3)
        #expect(try await connection.query("SELECT * FROM shelf").affectedCount == 7)
        #expect(try await connection.query("DELETE FROM shelf WHERE false").affectedCount == 0)
    }
}
