import Postgres
import TestSupport
import Testing

/// Values on their way to a server and back.
@Suite(.enabled(if: TestDatabase.isAskedFor, "needs a server")) struct PostgresValueTests {
    private let bench: PostgresBench

    init() throws { bench = try PostgresBench() }

    private func row(_ statement: String, _ parameters: PostgresValue...) async throws -> PostgresRow {
        try await bench.connection().query(statement, parameters)[0]
    }

    @Test func numbersComeBackAsTheyWere() async throws {
        let row = try await row(
            "SELECT $1, $2, $3, $4, $5", .int64(.min), .int32(.max), .double(-.infinity), .bool(true), .double(.nan))
        #expect(try row.int64(0) == .min && row.int32(1) == .max && row.double(2) == -.infinity && row.bool(3))
        #expect(try row.double(4).isNaN)
    }

    @Test(arguments: [[], [0, 0xFF, 0x5C, 0x27], [UInt8](repeating: 0xC3, count: 70_000)])
    func bytesComeBackAsTheyWere(bytes: [UInt8]) async throws {
        #expect(try await row("SELECT $1::bytea", .bytes(bytes)).bytes(0) == bytes)
    }

    @Test(arguments: ["", "é\u{1F457}'\"\\", String(repeating: "x", count: 10_000)])
    func textComesBackAsItWas(text: String) async throws {
        #expect(try await row("SELECT $1::text", .text(text)).text(0) == text)
    }

    @Test(arguments: [[], [1], [.min, 0, .max]] as [[Int64]])
    func arraysArriveElementByElement(numbers: [Int64]) async throws {
        let rows = try await bench.connection().query("SELECT unnest($1::bigint[])", [.int64s(numbers)])
        #expect(try rows.map { try $0.int64(0) } == numbers)
    }

    @Test func arraysMayHaveEmptyElements() async throws {
        let connection = try await bench.connection()
        let bytes = try await connection.query("SELECT unnest($1::bytea[])", [.byteArrays([[], [1, 0], []])])
        #expect(try bytes.map { try $0.bytes(0) } == [[], [1, 0], []])
        let texts = try await connection.query("SELECT unnest($1::text[])", [.texts(["", "a,b", "NULL"])])
        #expect(try texts.map { try $0.text(0) } == ["", "a,b", "NULL"])
    }

    @Test func vectorsComeBackBitForBit() async throws {
        let connection = try await bench.connection()
        try await connection.execute("CREATE EXTENSION vector")
        let values: [Float] = [.leastNonzeroMagnitude, -0.0, 1 / 3, .greatestFiniteMagnitude]
        let row = try await connection.query("SELECT $1::vector", [.vector(values)])[0]
        #expect(try row.floats(0).map(\.bitPattern) == values.map(\.bitPattern))
    }

    @Test func nullsAreToldAndNotTakenForValues() async throws {
        let row = try await row("SELECT $1::bigint AS number", .null)
        #expect(row.isNull(0))
        let error = #expect(throws: PostgresError.self) { try row.int64(0) }
        #expect(error?.description.contains("number") == true)
    }

    @Test func aValueOfAnotherTypeIsRefused() async throws {
        let row = try await row("SELECT 1::bigint AS large")
        #expect(throws: PostgresError.self) { try row.int32(0) }
        #expect(throws: PostgresError.self) { try row.floats(0) }
    }
}
