#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a session waits for beside its server: that whoever asked gives up.
final class WakeSignal: Sendable {
    /// Readable from `raise()` until `clear()`.
    let readEnd: Int32
    private let writeEnd: Int32

    init() {
        var ends: [Int32] = [-1, -1]
        // Where there is none left, nobody can be woken, and waits end with the server's answer.
        _ = pipe(&ends)
        for end in ends where end >= 0 {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    func raise() { _ = [UInt8](arrayLiteral: 1).withUnsafeBytes { write(writeEnd, $0.baseAddress, 1) } }

    var isRaised: Bool {
        var descriptor = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) > 0
    }

    func clear() {
        var byte: UInt8 = 0
        while read(readEnd, &byte, 1) > 0 {}
    }
}
