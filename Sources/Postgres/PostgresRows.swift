import CPostgres

/// What a statement answered, row by row.
public final class PostgresRows: Sendable, RandomAccessCollection {
    // libpq lets any number of threads read a result, which nothing changes before it is freed.
    private nonisolated(unsafe) let result: OpaquePointer
    /// How many rows there are.
    public let count: Int

    /// Frees the result when nobody has it any more.
    init(taking result: OpaquePointer) {
        self.result = result
        count = Int(PQntuples(result))
    }

    deinit { PQclear(result) }

    public var startIndex: Int { 0 }
    public var endIndex: Int { count }

    /// Must be one of the indices.
    public subscript(position: Int) -> PostgresRow {
        precondition(indices.contains(position))
        return PostgresRow(rows: self, number: Int32(position))
    }

    /// What was done, as the server calls it.
    var command: String { String(cString: PQcmdStatus(result)) }

    /// How many rows a statement that changes some has changed; for others, how many there are.
    public var affectedCount: Int { Int(String(cString: PQcmdTuples(result))) ?? count }

    func isNull(_ row: Int32, _ column: Int32) -> Bool { PQgetisnull(result, row, column) == 1 }

    /// Lives as long as this.
    func bytes(_ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
    }

    func columnName(_ column: Int32) -> String { PQfname(result, column).map { String(cString: $0) } ?? "\(column)" }
}
