import CPostgres

// What is sent, and what comes back.
extension Session {
    func execute(_ statements: String) throws {
        try check(PQsendQuery(connection, statements))
        try finish()
    }

    func query(_ statement: String, _ parameters: [PostgresValue]) throws -> PostgresRows {
        try dropOldest()
        let name = try prepared(statement, parameters)
        try check(send(name, parameters))
        return try finish()
    }

    func set(_ parameter: String, to value: String) throws {
        guard parameters[parameter] != value else { return }
        parameters[parameter] = nil
        _ = try query("SELECT set_config($1, $2, false)", [.text(parameter), .text(value)])
        // A transaction takes it back where it is rolled back.
        if PQtransactionStatus(connection) == PQTRANS_IDLE { parameters[parameter] = value }
    }

    /// Ends a transaction. Where a statement of it had failed, whoever heard of it, the server takes all back and calls that no error.
    func commit() throws {
        try check(PQsendQuery(connection, "COMMIT"))
        guard try finish().command == "COMMIT" else {
            throw PostgresError.server(
                state: "25P02", message: "a statement of the transaction had failed", detail: nil, constraint: nil)
        }
    }

    func pipeline(_ queries: [(statement: String, parameters: [PostgresValue])]) throws -> [PostgresRows] {
        try dropOldest()
        let names = try queries.map { try prepared($0.statement, $0.parameters) }
        PQenterPipelineMode(connection)
        let rows = try whileServerIsBusy {
            for (name, query) in zip(names, queries) { try check(send(name, query.parameters)) }
            try check(PQpipelineSync(connection))
            try flush()
            return try pipelineResults()
        }
        PQexitPipelineMode(connection)
        return try rows.get()
    }

    func check(_ isDone: Int32) throws {
        guard isDone == 1 else { throw lost() }
    }

    /// The last result; throws the first error. Nothing is under way any more then, unless rows are copied.
    @discardableResult
    func finish() throws -> PostgresRows {
        try flush()
        var (last, failure) = (PostgresRows?.none, PostgresError?.none)
        while let result = try nextResult() {
            let rows = PostgresRows(taking: result)
            switch PQresultStatus(result) {
            case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE: failure = failure ?? PostgresError(result: result)
            case PGRES_COPY_IN: return rows
            // It would come again and again.
            case PGRES_COPY_OUT, PGRES_COPY_BOTH: throw ended(.unexpectedValue("rows of COPY"))
            default: last = rows
            }
            guard PQstatus(connection) == CONNECTION_OK else { throw ended(failure) }
        }
        if let failure { throw failure }
        guard let last else { throw lost() }
        return last
    }

    /// Between the results of two statements lies a null.
    private func pipelineResults() throws -> Result<[PostgresRows], PostgresError> {
        var (rows, failure, isBetween) = ([PostgresRows](), PostgresError?.none, false)
        while true {
            guard let result = try nextResult() else {
                // After the last, nothing comes any more: not even that it is the last, where the server could not be told all.
                guard !isBetween else { throw ended(failure) }
                isBetween = true
                continue
            }
            isBetween = false
            let answer = PostgresRows(taking: result)
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC: return failure.map(Result.failure) ?? .success(rows)
            case PGRES_PIPELINE_ABORTED: break
            case PGRES_FATAL_ERROR: failure = failure ?? PostgresError(result: result)
            default: rows.append(answer)
            }
            guard PQstatus(connection) == CONNECTION_OK else { throw ended(failure) }
        }
    }

    private func send(_ name: String, _ parameters: [PostgresValue]) -> Int32 {
        let encoded = parameters.map(\.encoded)
        return encoded.withPointers { values in
            PQsendQueryPrepared(
                connection, name, Int32(encoded.count), values, encoded.map { Int32($0?.count ?? 0) },
                encoded.map { _ in 1 }, 1)
        }
    }

    private func prepared(_ statement: String, _ parameters: [PostgresValue]) throws -> String {
        let key = PreparedStatements.Key(text: statement, types: parameters.map(\.type))
        if let name = statements.name(of: key) { return name }
        let name = statements.newName()
        try check(PQsendPrepare(connection, name, statement, Int32(key.types.count), key.types))
        try finish()
        statements.add(key, as: name)
        return name
    }

    /// Before others are prepared: none that is about to be sent.
    private func dropOldest() throws {
        while let name = statements.removeSuperfluous() { try execute("DEALLOCATE \(name)") }
    }
}

extension [[UInt8]?] {
    /// Their addresses, valid until `body` returns; null for `nil`.
    fileprivate func withPointers<T>(_ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T) -> T {
        let total = reduce(1) { $0 + ($1?.count ?? 0) + 1 }
        return withUnsafeTemporaryAllocation(byteCount: total, alignment: 1) { memory in
            var (rest, pointers) = (memory[...], [UnsafePointer<CChar>?]())
            for value in self {
                guard let value else {
                    pointers.append(nil)
                    continue
                }
                let place = UnsafeMutableRawBufferPointer(rebasing: rest.prefix(value.count + 1))
                place.copyBytes(from: value)
                pointers.append(UnsafePointer(place.baseAddress!.assumingMemoryBound(to: CChar.self)))
                rest = rest.dropFirst(value.count + 1)
            }
            // libpq looks at none of them where there is none.
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { body($0.baseAddress!) }
        }
    }
}
