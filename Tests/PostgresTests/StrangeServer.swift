import Foundation
import Glibc

/// Something that listens where a database is looked for, and says the same to all who come.
final class StrangeServer: Sendable {
    private let listener: CInt
    /// Of a database there, where nobody asks for encryption first.
    let address: String

    init(saying bytes: [UInt8]) {
        let listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        self.listener = listener
        address = "postgres://me@127.0.0.1:\(Self.listen(on: listener))/shop?sslmode=disable&gssencmode=disable"
        Thread.detachNewThread {
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                Thread.detachNewThread { Self.serve(connection, bytes) }
            }
            // Here, since the number would be another's as soon as it is free.
            close(listener)
        }
    }

    /// One that refuses everybody (PostgreSQL's documentation, Message Formats, ErrorResponse).
    convenience init(refusingWith message: String, detail: String? = nil) {
        let fields = ["SFATAL", "VFATAL", "C28000", "M\(message)"] + (detail.map { ["D\($0)"] } ?? [])
        let text: [UInt8] = fields.reduce(into: []) { $0 += Array($1.utf8) + [0] } + [0]
        let (high, low) = (text.count + 4).quotientAndRemainder(dividingBy: 256)
        self.init(saying: [UInt8(ascii: "E"), 0, 0, UInt8(high), UInt8(low)] + text)
    }

    deinit { shutdown(listener, CInt(SHUT_RDWR)) }

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

    /// Stays until the other has enough: who leaves before has what they said forgotten.
    private static func serve(_ connection: CInt, _ bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
        var byte: UInt8 = 0
        while recv(connection, &byte, 1, 0) > 0 {}
        close(connection)
    }
}
