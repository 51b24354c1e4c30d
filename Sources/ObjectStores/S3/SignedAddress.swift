import Foundation
import Hashing

/// An address that carries the permission to ask for it: AWS Signature Version 4 in its query ("Authenticating Requests: Using
/// Query Parameters", Amazon S3 API Reference).
struct SignedAddress {
    private static let algorithm = "AWS4-HMAC-SHA256"
    private static let lifetime = 3600

    /// Scheme, host and port.
    let origin: String
    /// Percent-encoded, from the slash on.
    let path: String
    let query: [(name: String, value: String)]

    /// Valid for an hour; without keys, what anybody may ask for.
    func text(signedFor region: String, by keys: S3Settings.Keys?, at date: Date = Date()) -> String {
        guard let keys else { return address(Self.encoded(query)) }
        let (time, day) = (date.timestamp, String(date.timestamp.prefix(8)))
        let scope = "\(day)/\(region)/s3/aws4_request"
        let signed = Self.encoded(query + permission(keys, scope, time))
        let toSign = [Self.algorithm, time, scope, digest(ofRequest: signed)].joined(separator: "\n")
        let signature = SHA256Digest(authenticating: toSign.utf8, with: Self.key(keys, day: day, region: region))
        return address(signed + "&X-Amz-Signature=\(signature)")
    }

    private func permission(_ keys: S3Settings.Keys, _ scope: String, _ time: String) -> [(String, String)] {
        [
            ("X-Amz-Algorithm", Self.algorithm), ("X-Amz-Credential", "\(keys.id)/\(scope)"), ("X-Amz-Date", time),
            ("X-Amz-Expires", "\(Self.lifetime)"), ("X-Amz-SignedHeaders", "host"),
        ] + (keys.token.map { [("X-Amz-Security-Token", $0)] } ?? [])
    }

    private func digest(ofRequest query: String) -> String {
        let host = origin.drop { $0 != "/" }.drop { $0 == "/" }
        let request = ["GET", path, query, "host:\(host)", "", "host", "UNSIGNED-PAYLOAD"].joined(separator: "\n")
        return SHA256Digest(of: Array(request.utf8)).description
    }

    private func address(_ query: String) -> String { origin + path + (query.isEmpty ? "" : "?" + query) }

    /// In the order of the names' bytes.
    private static func encoded(_ query: [(name: String, value: String)]) -> String {
        query.map { ($0.signedForm, $1.signedForm) }.sorted { $0 < $1 }.map { "\($0)=\($1)" }.joined(separator: "&")
    }

    private static func key(_ keys: S3Settings.Keys, day: String, region: String) -> [UInt8] {
        [day, region, "s3", "aws4_request"].reduce(Array("AWS4\(keys.secret)".utf8)) { key, word in
            SHA256Digest(authenticating: word.utf8, with: key).bytes
        }
    }
}

extension String {
    fileprivate var signedForm: String { percentEncoded(keeping: PercentEncoding.ofSigned) }
}

extension Date {
    /// As ISO 8601 has it, without signs between: 20260102T030405Z.
    fileprivate var timestamp: String {
        formatted(.iso8601).filter { !"-:".contains($0) }
    }
}
