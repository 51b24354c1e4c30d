/// A parameter of a statement, which is sent in binary.
public enum PostgresValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case int32(Int32)
    case int64(Int64)
    case double(Double)
    case text(String)
    case bytes([UInt8])
    case int64s([Int64])
    case texts([String])
    case byteArrays([[UInt8]])
    /// Of pgvector's type `vector`, whose number differs from server to server: the statement has to name it (`$1::vector`).
    case vector([Float])
}

extension PostgresValue {
    /// The number of its type (`pg_type`), the same on all servers; 0 for what the statement names.
    var type: UInt32 {
        switch self {
        case .bool: 16
        case .bytes: 17
        case .int64: 20
        case .int32: 23
        case .text: 25
        case .double: 701
        case .byteArrays: 1001
        case .texts: 1009
        case .int64s: 1016
        case .null, .vector: 0
        }
    }

    /// As the server reads it in binary; `nil` for null.
    var encoded: [UInt8]? {
        var bytes: [UInt8] = []
        switch self {
        case .null: return nil
        case .bool(let value): bytes = [value ? 1 : 0]
        case .int32(let value): bytes.append(bigEndian: value)
        case .int64(let value): bytes.append(bigEndian: value)
        case .double(let value): bytes.append(bigEndian: value.bitPattern)
        case .text(let value): bytes = Array(value.utf8)
        case .bytes(let value): return value
        case .int64s(let values):
            bytes.append(arrayOf: 20, values.count) {
                $0.append(bigEndian: Int32(8))
                $0.append(bigEndian: values[$1])
            }
        case .texts(let values):
            bytes.append(arrayOf: 25, values.count) { $0.append(lengthAnd: Array(values[$1].utf8)) }
        case .byteArrays(let values): bytes.append(arrayOf: 17, values.count) { $0.append(lengthAnd: values[$1]) }
        case .vector(let values): bytes.append(vector: values)
        }
        return bytes
    }
}

// The forms of binary values: of PostgreSQL's (src/backend/utils/adt) and of pgvector's (vector_send).
extension [UInt8] {
    mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    mutating func append(lengthAnd bytes: [UInt8]) {
        append(bigEndian: Int32(bytes.count))
        append(contentsOf: bytes)
    }

    /// Two bytes for how many numbers there are, two that are 0, and the numbers.
    mutating func append(vector values: [Float]) {
        append(bigEndian: Int16(truncatingIfNeeded: values.count))
        append(bigEndian: Int16(0))
        values.withUnsafeBytes { bytes in
            let words = bytes.bindMemory(to: UInt32.self)
            append(
                contentsOf: [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
                    for (place, word) in words.enumerated() {
                        UnsafeMutableRawBufferPointer(buffer).storeBytes(
                            of: word.bigEndian, toByteOffset: 4 * place, as: UInt32.self)
                    }
                    count = bytes.count
                })
        }
    }

    /// One dimension, which begins at 1; none for an empty one.
    fileprivate mutating func append(arrayOf type: Int32, _ count: Int, _ element: (inout [UInt8], Int) -> Void) {
        append(bigEndian: Int32(count > 0 ? 1 : 0))
        append(bigEndian: Int32(0))
        append(bigEndian: type)
        guard count > 0 else { return }
        append(bigEndian: Int32(count))
        append(bigEndian: Int32(1))
        for place in 0..<count { element(&self, place) }
    }
}
