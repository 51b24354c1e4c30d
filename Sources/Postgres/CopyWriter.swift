/// Rows as `COPY` takes them in binary (PostgreSQL's documentation, COPY, File Formats).
public struct CopyWriter: Sendable {
    static let sentAtOnce = 1 << 20
    var bytes: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [UInt8](repeating: 0, count: 8)

    /// Begins a row of so many columns, each of which has to be written then.
    public mutating func row(of columns: Int) { bytes.append(bigEndian: Int16(columns)) }

    /// A `bigint`.
    public mutating func write(_ value: Int64) {
        bytes.append(bigEndian: Int32(8))
        bytes.append(bigEndian: value)
    }

    /// A `bytea` or a `text`.
    public mutating func write(_ value: [UInt8]) { bytes.append(lengthAnd: value) }

    /// pgvector's `vector`.
    public mutating func write(vector values: [Float]) {
        bytes.append(bigEndian: Int32(4 + 4 * values.count))
        bytes.append(vector: values)
    }
}
