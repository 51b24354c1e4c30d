import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Does work that Ctrl-C, or a polite kill, ends at its next good moment; a second one ends the program at once, as one does while no
/// such work is going on.
func interruptible<T: Sendable>(_ work: @escaping @Sendable () async throws -> T) async throws -> T {
    let task = Task(operation: work)
    Interruptions.shared.begin { task.cancel() }
    defer { Interruptions.shared.end() }
    return try await task.value
}

/// Who is told of signals. They are listened to once and for all: a second listener would not hear them.
private final class Interruptions: Sendable {
    static let shared = Interruptions()

    private let cancel = Mutex<(@Sendable () -> Void)?>(nil)
    /// Kept, since they end with the last who knows them. Unsafe, because Dispatch does not say that they may be kept from anywhere;
    /// nobody touches them once they listen.
    nonisolated(unsafe) private let sources: [any DispatchSourceSignal]

    private init() {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: .global())
        }
        for (source, number) in zip(sources, [SIGINT, SIGTERM]) {
            source.setEventHandler { [unowned self] in hear(number) }
            source.resume()
        }
    }

    func begin(_ cancel: @escaping @Sendable () -> Void) { self.cancel.withLock { $0 = cancel } }

    func end() { cancel.withLock { $0 = nil } }

    private func hear(_ number: CInt) {
        let cancel = cancel.withLock { cancel in
            defer { cancel = nil }
            return cancel
        }
        if let cancel { return cancel() }
        signal(number, SIG_DFL)
        raise(number)
    }
}
