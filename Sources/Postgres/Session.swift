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
    private(set) var isBroken = false
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
    }

    deinit { PQfinish(connection) }

    /// Whether it can be given something to do: a server that was stopped has said so.
    var isIdle: Bool {
        guard !isBroken, PQtransactionStatus(connection) == PQTRANS_IDLE else { return false }
        guard isReady(POLLIN) else { return true }
        return PQconsumeInput(connection) == 1 && PQstatus(connection) == CONNECTION_OK
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
        isBroken = true
        return PostgresError(losing: connection)
    }

    /// The server has ended the session, and may have said why.
    func ended(_ failure: PostgresError?) -> PostgresError {
        isBroken = true
        return failure.map { .connectionLost("\($0)") } ?? PostgresError(losing: connection)
    }

    /// Has the server give up too, without waiting for it longer than a moment.
    private func abandoned(because error: any Error) -> any Error {
        wake.clear()
        requestCancel()
        deadline = .now + .milliseconds(250)
        var isDrained = false
        while !isDrained, PQtransactionStatus(connection) == PQTRANS_ACTIVE, deadline! > .now {
            while PQisBusy(connection) == 1, deadline! > .now, awaitInput() {}
            guard PQisBusy(connection) == 0 else { break }
            let result = PQgetResult(connection)
            PQclear(result)
            isDrained = result == nil
        }
        isBroken =
            isBroken || PQtransactionStatus(connection) == PQTRANS_ACTIVE
            || PQpipelineStatus(connection) != PQ_PIPELINE_OFF
        return error
    }

    private func awaitInput() -> Bool {
        var descriptor = pollfd(fd: PQsocket(connection), events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, milliseconds) > 0 && PQconsumeInput(connection) == 1
    }

    /// On another thread: it opens a connection of its own, which may take as long as the first one does not answer.
    private func requestCancel() {
        guard let cancel = PQgetCancel(connection) else { return }
        // Owned by that thread alone from now on.
        nonisolated(unsafe) let owned = cancel
        DispatchQueue.global().async {
            var message = [CChar](repeating: 0, count: 256)
            PQcancel(owned, &message, Int32(message.count))
            PQfreeCancel(owned)
        }
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
