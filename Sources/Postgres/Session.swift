import CPostgres
import Dispatch

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A connection of libpq's that never waits longer than it is told. Used by one connection alone.
final class Session {
    let connection: OpaquePointer
    let wake = WakeSignal()
    /// When whoever asked gives up; `nil` for never.
    var deadline: ContinuousClock.Instant?
    /// Why it can be used no more. The server hears of it at once, and takes back what was not committed: whoever holds the session
    /// may do so for long.
    private(set) var loss: PostgresError? {
        didSet { _ = shutdown(PQsocket(connection), Int32(SHUT_RDWR)) }
    }
    var statements = PreparedStatements()
    /// Run-time parameters that were given a value here.
    var parameters: [String: String] = [:]

    init(_ address: PostgresAddress, _ settings: PostgresSettings) throws {
        let options = settings.options(for: address)
        let (keywords, values) = (options.map(\.0), options.map(\.1))
        connection = keywords.withCStrings { keywords in
            values.withCStrings { values in PQconnectdbParams(keywords, values, 1) }
        }!
        guard PQstatus(connection) == CONNECTION_OK else { throw PostgresError(connecting: connection) }
        PQsetnonblocking(connection, 1)
        // What a server notes is nothing that a user could do anything about.
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
        try adopt(settings.parameters)
    }

    /// By a statement, since poolers let few through when a session is opened. What an address says counts more.
    private func adopt(_ parameters: [String: String]) throws {
        guard !parameters.isEmpty else { return }
        let sorted = parameters.sorted { $0.key < $1.key }
        _ = try query(
            """
            WITH given AS (SELECT * FROM unnest($1::text[], $2::text[]) AS given (name, value))
            SELECT set_config(name, value, false) FROM given LEFT JOIN pg_settings USING (name)
            WHERE source IS DISTINCT FROM 'client'
            """, [.texts(sorted.map(\.key)), .texts(sorted.map(\.value))])
    }

    deinit { PQfinish(connection) }

    /// Whether it can be given something to do. What a server says unasked is that it ends the session, and next to never
    /// anything else.
    var isIdle: Bool { loss == nil && PQtransactionStatus(connection) == PQTRANS_IDLE && !isReady(POLLIN) }

    /// Throws where it can be used no more: what is still under way would be taken for the answer.
    func usable() throws -> Session {
        if let loss { throw loss }
        return self
    }

    /// Sends what is still to be sent, and takes in what comes meanwhile.
    func flush() throws {
        while true {
            switch PQflush(connection) {
            case 0: return
            case 1: try wait(for: POLLIN | POLLOUT)
            default: throw lost()
            }
        }
    }

    /// The next result of what was sent; `nil` after the last.
    func nextResult() throws -> OpaquePointer? {
        while PQisBusy(connection) == 1 { try wait(for: POLLIN) }
        return PQgetResult(connection)
    }

    /// Until something can be read or written; takes in what can be read.
    func wait(for events: Int32) throws {
        var descriptors = [
            pollfd(fd: PQsocket(connection), events: Int16(events), revents: 0),
            pollfd(fd: wake.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        let count = poll(&descriptors, 2, milliseconds)
        if descriptors[1].revents != 0 { throw abandoned(because: CancellationError()) }
        guard count != 0 else { throw abandoned(because: PostgresError.deadlineExceeded) }
        guard descriptors[0].revents & Int16(POLLIN | POLLERR | POLLHUP) != 0 else { return }
        guard PQconsumeInput(connection) == 1 else { throw lost() }
    }

    private var milliseconds: Int32 {
        guard let deadline else { return -1 }
        let left = deadline - .now
        return Int32(
            clamping: max(0, left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000 + 1))
    }

    private func isReady(_ events: Int32) -> Bool {
        var descriptor = pollfd(fd: PQsocket(connection), events: Int16(events), revents: 0)
        return poll(&descriptor, 1, 0) > 0
    }

    func lost() -> PostgresError {
        let error = PostgresError(losing: connection)
        loss = error
        return error
    }

    /// The server has ended the session, and may have said why.
    func ended(_ failure: PostgresError?) -> PostgresError {
        let error = failure.map { .connectionLost("\($0)") } ?? PostgresError(losing: connection)
        loss = error
        return error
    }

    /// Has the server give up too, without waiting for it longer than a moment.
    func abandoned(because error: any Error) -> any Error {
        wake.clear()
        let isTold = requestCancel()
        deadline = .now + .milliseconds(250)
        drain()
        let isOver =
            PQtransactionStatus(connection) != PQTRANS_ACTIVE && PQpipelineStatus(connection) == PQ_PIPELINE_OFF
        // A request that reaches the server later would end the statement behind this one.
        if !isOver || isTold.wait(timeout: .now() + .milliseconds(Int(milliseconds))) == .timedOut {
            loss = loss ?? .connectionLost("a statement was given up, and the server did not say so in time")
        }
        return error
    }

    /// Takes in what still comes, until the deadline.
    private func drain() {
        var isDrained = false
        while !isDrained, PQtransactionStatus(connection) == PQTRANS_ACTIVE, deadline! > .now {
            while PQisBusy(connection) == 1, deadline! > .now, awaitInput() {}
            guard PQisBusy(connection) == 0 else { return }
            let result = PQgetResult(connection)
            // Or the same would come for ever.
            if PQresultStatus(result) == PGRES_COPY_IN { PQputCopyEnd(connection, "abandoned") }
            PQclear(result)
            isDrained = result == nil
        }
    }

    /// Sends the rest of what the server waits for.
    private func awaitInput() -> Bool {
        let events = PQflush(connection) == 1 ? POLLIN | POLLOUT : POLLIN
        var descriptor = pollfd(fd: PQsocket(connection), events: Int16(events), revents: 0)
        return poll(&descriptor, 1, milliseconds) > 0 && PQconsumeInput(connection) == 1
    }

    /// On a thread of its own, which no task waits for: it opens a connection, which may take as long as the first one does
    /// not answer. Signals when the server has been told.
    private func requestCancel() -> DispatchSemaphore {
        let isTold = DispatchSemaphore(value: 0)
        guard let cancel = PQgetCancel(connection) else { return isTold }
        // Owned by that thread alone from now on.
        nonisolated(unsafe) let owned = cancel
        DispatchQueue(label: "PostgreSQL cancellation").async {
            var message = [CChar](repeating: 0, count: 256)
            PQcancel(owned, &message, Int32(message.count))
            PQfreeCancel(owned)
            isTold.signal()
        }
        return isTold
    }
}

extension [String] {
    /// As an array of C strings with a null behind them, valid until `body` returns.
    fileprivate func withCStrings<T>(_ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T) -> T {
        let strings = map { strdup($0) }
        defer { for string in strings { free(string) } }
        return (strings.map { UnsafePointer($0) } + [nil]).withUnsafeBufferPointer { body($0.baseAddress!) }
    }
}
