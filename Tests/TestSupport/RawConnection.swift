import Glibc

/// A connection to a server on this machine that sends bytes as they are, however little they look like HTTP.
public final class RawConnection {
    /// Why there is no answer.
    public enum Trouble: Error {
        /// With the number of the error.
        case unreachable(Int32)
        /// Nothing came in the time allowed, though the connection is still there.
        case silent
        case noHTTP(String)
    }

    private let number: CInt
    /// What has come and was not read yet.
    private var pending: [UInt8] = []

    /// The other end is given up when it neither says nor takes anything for so many seconds.
    public init(port: UInt16, secondsAllowed: Int = 120) throws {
        number = try Self.connected(to: port)
        var limit = timeval(tv_sec: secondsAllowed, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(number, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    deinit { close(number) }

    private static func connected(to port: UInt16) throws -> CInt {
        let number = socket(AF_INET, streamSocket, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        address.sin_port = port.bigEndian
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if isConnected { return number }
        let error = errno
        close(number)
        throw Trouble.unreachable(error)
    }

    /// Whether the other end took all of it.
    @discardableResult
    public func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(number, $0.baseAddress, $0.count, sendFlags) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Says that nothing more will come, and listens still.
    public func endSending() { shutdown(number, CInt(SHUT_WR)) }

    /// The next answer; `nil` where the connection is closed first.
    ///
    /// What only says that an answer will come is left out (RFC 9110, section 15.2).
    public func answer() throws -> RawAnswer? {
        while let head = try head() {
            if head.status >= 200 { return RawAnswer(head, body: try body(of: head)) }
        }
        return nil
    }

    private func head() throws -> RawHead? {
        guard let start = try line() else { return nil }
        guard var head = RawHead(statusLine: start) else { throw Trouble.noHTTP(start) }
        while let line = try line(), !line.isEmpty { head.add(line) }
        return head
    }

    /// As long as the head says, or else to the end of the connection.
    private func body(of head: RawHead) throws -> [UInt8] {
        guard let length = head.bodyLength else {
            while try receive() {}
            return take(pending.count)
        }
        while pending.count < length, try receive() {}
        return take(min(length, pending.count))
    }

    /// Without its end; `nil` where it has none.
    private func line() throws -> String? {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                return String(decoding: take(end + 1).prefix { $0 != UInt8(ascii: "\r") && $0 != 10 }, as: UTF8.self)
            }
            guard try receive() else { return nil }
        }
    }

    private func take(_ count: Int) -> [UInt8] {
        defer { pending.removeFirst(count) }
        return Array(pending.prefix(count))
    }

    /// `false` where nothing more will come.
    private func receive() throws -> Bool {
        var bytes = [UInt8](repeating: 0, count: 65536)
        let count = recv(number, &bytes, bytes.count, 0)
        if count < 0, errno == EAGAIN { throw Trouble.silent }
        guard count > 0 else { return false }
        pending += bytes.prefix(count)
        return true
    }
}

/// What a server answered.
public struct RawAnswer: Sendable {
    public let status: Int
    /// By their names in lower case.
    public let fields: [String: String]
    public let body: [UInt8]

    fileprivate init(_ head: RawHead, body: [UInt8]) {
        (status, fields, self.body) = (head.status, head.fields, body)
    }
}

/// What stands above a body.
private struct RawHead {
    let status: Int
    private(set) var fields: [String: String] = [:]

    /// `nil` where it is none of HTTP/1.
    init?(statusLine: String) {
        let words = statusLine.split(separator: " ")
        guard words.count > 1, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else { return nil }
        self.status = status
    }

    mutating func add(_ line: String) {
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        fields[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
    }

    var bodyLength: Int? {
        [204, 304].contains(status) ? 0 : fields["content-length"].flatMap { Int($0) }
    }
}

private let streamSocket = CInt(SOCK_STREAM.rawValue)
/// A server that closes the connection is no reason for the tests to end.
private let sendFlags = CInt(MSG_NOSIGNAL)
