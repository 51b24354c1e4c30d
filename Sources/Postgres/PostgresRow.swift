/// A row of an answer, whose values are asked for by the numbers of their columns, which begin at 0.
///
/// Throws `PostgresError.unexpectedValue` for a value of another length than its type has, null included.
public struct PostgresRow: Sendable {
    let rows: PostgresRows
    let number: Int32

    /// Whether there is no value.
    public func isNull(_ column: Int) -> Bool { rows.isNull(number, Int32(column)) }

    /// A `boolean`.
    public func bool(_ column: Int) throws(PostgresError) -> Bool { try integer(column, UInt8.self) != 0 }

    /// An `integer`.
    public func int32(_ column: Int) throws(PostgresError) -> Int32 { try integer(column, Int32.self) }

    /// A `bigint`.
    public func int64(_ column: Int) throws(PostgresError) -> Int64 { try integer(column, Int64.self) }

    /// A `double precision`.
    public func double(_ column: Int) throws(PostgresError) -> Double {
        Double(bitPattern: try integer(column, UInt64.self))
    }

    /// A `text`, or any value of a type that is sent as such.
    public func text(_ column: Int) throws(PostgresError) -> String {
        String(decoding: try value(column), as: UTF8.self)
    }

    /// A `bytea`.
    public func bytes(_ column: Int) throws(PostgresError) -> [UInt8] { Array(try value(column)) }

    /// The numbers of pgvector's `vector`.
    public func floats(_ column: Int) throws(PostgresError) -> [Float] {
        let bytes = try value(column)
        let count = (bytes.count - 4) / 4
        guard bytes.count >= 4, bytes.count % 4 == 0,
            UInt16(bigEndian: bytes.loadUnaligned(as: UInt16.self)) == UInt16(truncatingIfNeeded: count)
        else { throw unexpected(column, "a vector") }
        return [Float](unsafeUninitializedCapacity: count) { values, initialized in
            for place in 0..<count {
                let word = bytes.loadUnaligned(fromByteOffset: 4 + 4 * place, as: UInt32.self)
                values.initializeElement(at: place, to: Float(bitPattern: UInt32(bigEndian: word)))
            }
            initialized = count
        }
    }

    private func integer<T: FixedWidthInteger>(_ column: Int, _: T.Type) throws(PostgresError) -> T {
        let bytes = try value(column)
        guard bytes.count == MemoryLayout<T>.size else { throw unexpected(column, "\(T.self)") }
        return T(bigEndian: bytes.loadUnaligned(as: T.self))
    }

    private func value(_ column: Int) throws(PostgresError) -> UnsafeRawBufferPointer {
        guard !isNull(column) else { throw unexpected(column, "a value") }
        return rows.bytes(number, Int32(column))
    }

    private func unexpected(_ column: Int, _ expected: String) -> PostgresError {
        .unexpectedValue("“\(rows.columnName(Int32(column)))” is not \(expected)")
    }
}
