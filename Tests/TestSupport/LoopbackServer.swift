import Foundation
import Glibc
import Synchronization

/// An HTTP server that nobody outside this machine can reach, on a port that the system chooses. It answers one request
/// a connection, as its test says.
public final class LoopbackServer: Sendable {
    private let listener: CInt
    private let log: RequestLog
    /// For what is asked for at the server's root: `http://127.0.0.1:PORT`.
    public let address: String

    public init(_ answer: @escaping @Sendable (WebRequest) -> WebAnswer) {
        let listener = socket(AF_INET, streamSocket, 0)
        let (log, port) = (RequestLog(), Self.listen(on: listener))
        (self.listener, self.log, address) = (listener, log, "http://127.0.0.1:\(port)")
        Thread.detachNewThread {
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                Thread.detachNewThread { Self.serve(connection, log, answer) }
            }
            // Here, since the number would be another's as soon as it is free.
            close(listener)
        }
    }

    deinit { shutdown(listener, CInt(SHUT_RDWR)) }

    /// What was asked for so far.
    public var requests: [WebRequest] { log.requests.withLock(\.self) }

    private static func listen(on listener: CInt) -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && Glibc.listen(listener, 16) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else { fatalError("no server can be started on this machine: \(errno)") }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func serve(
        _ connection: CInt, _ log: RequestLog, _ answer: @Sendable (WebRequest) -> WebAnswer
    ) {
        defer { close(connection) }
        guard let request = WebRequest(readingFrom: connection) else { return }
        log.requests.withLock { $0.append(request) }
        answer(request).send(to: connection)
    }
}

private final class RequestLog: Sendable {
    let requests = Mutex<[WebRequest]>([])
}

/// What a client asks for.
public struct WebRequest: Sendable {
    /// The path, or the whole address where the server is taken for a proxy.
    public let target: String
    /// By their names in lower case.
    public let fields: [String: String]

    fileprivate init?(readingFrom connection: CInt) {
        var (text, byte) = ([UInt8](), UInt8(0))
        while !text.ends(with: "\r\n\r\n".utf8) {
            guard recv(connection, &byte, 1, 0) == 1 else { return nil }
            text.append(byte)
        }
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\r\n")
        target = String(lines[0].split(separator: " ")[1])
        fields = lines.dropFirst().reduce(into: [:]) { fields, line in
            let parts = line.split(separator: ":", maxSplits: 1)
            fields[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
        }
    }
}

extension [UInt8] {
    fileprivate func ends(with end: String.UTF8View) -> Bool { suffix(end.count).elementsEqual(end) }
}

/// What a server sends.
public struct WebAnswer: Sendable {
    /// What becomes of the connection once so many bytes of the body are sent.
    public enum Fault: Sendable {
        case breaksOff(after: Int)
        case stalls(after: Int)
    }

    private let status: Int
    private let fields: [String: String]
    private let body: [UInt8]
    private let fault: Fault?

    /// A body whose fields do not say its length ends with the connection.
    public init(_ status: Int, _ fields: [String: String] = [:], _ body: [UInt8] = [], fault: Fault? = nil) {
        (self.status, self.fields, self.body, self.fault) = (status, fields, body, fault)
    }

    /// A file, or as much of it as is asked for (RFC 9110, sections 13.1.5 and 14), of the version that its tag names.
    public static func file(_ bytes: [UInt8], tag: String, to request: WebRequest, fault: Fault? = nil) -> WebAnswer {
        let range = request.fields["range"].flatMap { Int($0.dropFirst("bytes=".count).dropLast()) }
        guard let start = range, request.fields["if-range"] == tag else {
            return WebAnswer(200, ["ETag": tag, "Content-Length": "\(bytes.count)"], bytes, fault: fault)
        }
        guard start < bytes.count else { return WebAnswer(416, ["Content-Range": "bytes */\(bytes.count)"]) }
        let fields = [
            "ETag": tag, "Content-Length": "\(bytes.count - start)",
            "Content-Range": "bytes \(start)-\(bytes.count - 1)/\(bytes.count)",
        ]
        return WebAnswer(206, fields, Array(bytes[start...]), fault: fault)
    }

    fileprivate func send(to connection: CInt) {
        let head = "HTTP/1.1 \(status) .\r\n" + fields.map { "\($0): \($1)\r\n" }.joined() + "Connection: close\r\n\r\n"
        send(Array(head.utf8)[...], to: connection)
        switch fault {
        case .breaksOff(let count): send(body.prefix(count), to: connection)
        case .stalls(let count):
            send(body.prefix(count), to: connection)
            // Until the client has had enough.
            var byte = UInt8(0)
            while recv(connection, &byte, 1, 0) > 0 {}
        case nil: send(body[...], to: connection)
        }
    }

    private func send(_ bytes: ArraySlice<UInt8>, to connection: CInt) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, sendFlags) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

private let streamSocket = CInt(SOCK_STREAM.rawValue)
/// A client that goes away is no reason for the tests to end.
private let sendFlags = CInt(MSG_NOSIGNAL)
