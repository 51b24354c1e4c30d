import CPostgres
import Foundation

extension PostgresError {
    /// Of a statement's result.
    init(result: OpaquePointer) {
        func field(_ code: UInt8) -> String? { PQresultErrorField(result, Int32(code)).map { String(cString: $0) } }
        self = .server(
            state: field(UInt8(ascii: "C")) ?? "XX000",
            message: field(UInt8(ascii: "M")) ?? String(cString: PQresultErrorMessage(result)).firstLine,
            detail: field(UInt8(ascii: "D")), constraint: field(UInt8(ascii: "n")))
    }

    /// Of a connection that could not be made. libpq says why in words alone, which servers send in the language of their
    /// operators: what is not recognised is only told.
    init(connecting connection: OpaquePointer) {
        let reason = PQerrorMessage(connection).map { String(cString: $0).withoutAddress } ?? "no memory"
        if reason.hasPrefix("database \""), reason.contains("does not exist") {
            self = .noSuchDatabase(reason)
        } else if Self.refusals.contains(where: reason.contains) {
            self = .refused(reason)
        } else if reason.contains("SSL") || reason.contains("certificate") {
            self = .tls(reason)
        } else {
            self = .cannotConnect(reason)
        }
    }

    private static let refusals = [
        "password", "authentication failed", "no pg_hba.conf entry", "role \"", "permission denied",
    ]

    /// Of a session that had been there.
    init(losing connection: OpaquePointer) {
        self = .connectionLost(PQerrorMessage(connection).map { String(cString: $0).firstLine } ?? "")
    }
}

extension String {
    /// The last that was tried, without the address, which is told beside it.
    fileprivate var withoutAddress: String {
        let lines = split(separator: "\n").filter { !$0.hasPrefix("\t") }
        // Behind it come its details, and where its password was from.
        let line = (lines.last { $0.contains(" failed: ") } ?? lines.last).map(String.init) ?? self
        guard let end = line.range(of: "failed: ") else { return line }
        let reason = String(line[end.upperBound...])
        return reason.hasPrefix("FATAL:") ? String(reason.dropFirst(6).drop { $0 == " " }) : reason
    }
}
