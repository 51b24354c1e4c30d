import Foundation
import SystemPackage
import VisualSearch

/// A query whose photos go along as parts of a body.
struct ServedQuery {
    private static let boundary = "lookalike-\(UUID().uuidString)"

    /// As the server reads it.
    private(set) var text = ""
    private(set) var body: [UInt8] = []
    let contentType = "multipart/form-data; boundary=\(boundary)"

    init(_ query: Query) throws {
        for (number, term) in query.terms.enumerated() {
            let name = "p\(number)"
            let sign = term.weight < 0 ? "- " : number > 0 ? "+ " : ""
            text += (number > 0 ? " " : "") + sign + "\(term.weight.magnitude):\(name)" + (term.region?.written ?? "")
            body += Array(
                "--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(name)\"\r\n\r\n"
                    .utf8)
            body += try term.photo.bytes
            body += Array("\r\n".utf8)
        }
        body += Array("--\(Self.boundary)--\r\n".utf8)
    }
}

extension PhotoRegion {
    fileprivate var written: String { "@\(left),\(top),\(width),\(height)" }
}
