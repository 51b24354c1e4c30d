import CPQ
import Vectors

/// libpq with nothing around it, which does what the catalogue does.
final class BareClient {
    private let connection: OpaquePointer

    init(_ address: String) {
        connection = PQconnectdb(address)
        precondition(PQstatus(connection) == CONNECTION_OK, String(cString: PQerrorMessage(connection)))
        run("SET search_path = lookalike, public")
    }

    deinit { PQfinish(connection) }

    func run(_ statement: String) {
        let result = PQexec(connection, statement)
        precondition(
            [PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN].contains(PQresultStatus(result)),
            String(cString: PQerrorMessage(connection)))
        PQclear(result)
    }

    func prepare(_ name: String, _ statement: String) {
        let result = PQprepare(connection, name, statement, 1, nil)
        precondition(PQresultStatus(result) == PGRES_COMMAND_OK, String(cString: PQerrorMessage(connection)))
        PQclear(result)
    }

    /// The contents that a prepared search finds, in their order.
    func search(_ name: String, _ query: Embedding) -> [Int64] {
        let bytes = Self.vector(query)
        let result = bytes.withUnsafeBytes { bytes in
            PQexecPrepared(
                connection, name, 1, [bytes.bindMemory(to: CChar.self).baseAddress], [Int32(bytes.count)], [1], 1)
        }
        defer { PQclear(result) }
        precondition(PQresultStatus(result) == PGRES_TUPLES_OK, String(cString: PQerrorMessage(connection)))
        return (0..<PQntuples(result)).map { row in
            Int64(bigEndian: UnsafeRawPointer(PQgetvalue(result, row, 0)!).loadUnaligned(as: Int64.self))
        }
    }

    /// Rows of a number and a vector.
    func copy(_ vectors: [Embedding], into table: String) {
        run("COPY \(table) FROM STDIN (FORMAT binary)")
        var bytes = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)
        for (number, vector) in vectors.enumerated() {
            let value = Self.vector(vector)
            Self.append(Int16(2), to: &bytes)
            Self.append(Int32(8), to: &bytes)
            Self.append(Int64(number), to: &bytes)
            Self.append(Int32(value.count), to: &bytes)
            bytes += value
            if bytes.count > 1 << 20 { put(&bytes) }
        }
        Self.append(Int16(-1), to: &bytes)
        put(&bytes)
        PQputCopyEnd(connection, nil)
        while let result = PQgetResult(connection) { PQclear(result) }
    }

    private func put(_ bytes: inout [UInt8]) {
        _ = bytes.withUnsafeBytes {
            PQputCopyData(connection, $0.bindMemory(to: CChar.self).baseAddress, Int32($0.count))
        }
        bytes.removeAll(keepingCapacity: true)
    }

    private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private static func vector(_ vector: Embedding) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(4 + 4 * vector.dimension)
        append(Int16(vector.dimension), to: &bytes)
        append(Int16(0), to: &bytes)
        for value in vector.values { append(value.bitPattern, to: &bytes) }
        return bytes
    }
}
