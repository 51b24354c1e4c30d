import CPostgres

extension Session {
    func copy(into statement: String, _ write: (inout CopyWriter) throws -> Bool) throws -> Int {
        try check(PQsendQuery(connection, statement))
        try finish()
        return try whileServerIsBusy {
            do { try send(write) } catch {
                // The server is told to keep nothing, and says no more than that it was told so.
                if loss == nil, PQputCopyEnd(connection, "abandoned") == 1 { _ = try? finish() }
                throw error
            }
            try end()
            return try finish().affectedCount
        }
    }

    private func send(_ write: (inout CopyWriter) throws -> Bool) throws {
        var writer = CopyWriter()
        while try write(&writer) {
            guard writer.bytes.count >= CopyWriter.sentAtOnce else { continue }
            try put(writer.bytes)
            writer.bytes.removeAll(keepingCapacity: true)
        }
        writer.bytes.append(bigEndian: Int16(-1))
        try put(writer.bytes)
    }

    private func put(_ bytes: [UInt8]) throws {
        // A server that takes all at once is never waited for.
        if wake.isRaised { throw abandoned(because: CancellationError()) }
        while true {
            let isTaken = bytes.withUnsafeBytes {
                PQputCopyData(connection, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
            }
            try flush()
            guard isTaken == 0 else { return try check(isTaken) }
        }
    }

    private func end() throws {
        while true {
            let isEnded = PQputCopyEnd(connection, nil)
            try flush()
            guard isEnded == 0 else { return try check(isEnded) }
        }
    }
}
