import CPostgres

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// How long a server may be silent.
extension Session {
    /// For what a server works on while it is sent more. As long as it works it reads nothing, which the system takes for the
    /// silence of one that is gone, though that answers all the time (Linux, tcp(7), TCP_USER_TIMEOUT).
    func whileServerIsBusy<T>(_ body: () throws -> T) throws -> T {
        let usual = userTimeout
        // Where there is none, as on a socket of the machine's own, a server that is gone is noticed otherwise.
        guard (1..<Self.longestWork).contains(usual) else { return try body() }
        userTimeout = Self.longestWork
        defer { userTimeout = usual }
        return try body()
    }

    /// Milliseconds that the work on what the system had room for may take.
    private static var longestWork: Int32 { 60_000 }

    #if canImport(Glibc)
        /// Milliseconds that a server may leave what it is sent unread, or not say that it came; 0 for the system's own.
        private var userTimeout: Int32 {
            get {
                var (value, size) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
                let isKnown = getsockopt(PQsocket(connection), Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &value, &size)
                return isKnown == 0 ? value : 0
            }
            set {
                var value = newValue
                setsockopt(
                    PQsocket(connection), Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &value,
                    socklen_t(MemoryLayout<Int32>.size))
            }
        }
    #else
        /// Darwin has none.
        private var userTimeout: Int32 {
            get { 0 }
            set {}
        }
    #endif
}
