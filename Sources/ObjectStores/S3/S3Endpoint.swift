import Foundation

/// Where a bucket is asked for.
struct S3Endpoint {
    private let settings: S3Settings
    private let origin: String
    /// Of the bucket, percent-encoded; empty where it has a host of its own.
    private let path: String

    /// By Amazon's custom, a bucket has such a host there, unless its name would not fit the certificate.
    init(of bucket: String, _ settings: S3Settings) {
        self.settings = settings
        let hasHost = settings.endpoint == nil && !bucket.contains(".")
        let server =
            settings.endpoint ?? "https://\(hasHost ? bucket + "." : "")s3.\(settings.region).amazonaws.com"
        let parts = server.split(separator: "/", omittingEmptySubsequences: false)
        // Behind the scheme and two slashes comes the host.
        origin = parts.prefix(3).joined(separator: "/").withoutUsualPort
        let names = parts.dropFirst(3).filter { !$0.isEmpty }.map(String.init) + (hasHost ? [] : [bucket])
        path = names.map { "/" + $0.percentEncoded(keeping: PercentEncoding.ofSigned) }.joined()
    }

    /// Of an object by its key, or of the bucket.
    func address(of key: String?, _ query: [(String, String)] = []) -> SignedAddress {
        let key = key.map { "/" + $0.percentEncoded(keeping: PercentEncoding.ofSignedPaths) } ?? ""
        return SignedAddress(origin: origin, path: path + key == "" ? "/" : path + key, query: query)
    }

    /// What can be asked for within the hour.
    func signed(_ address: SignedAddress, at date: Date = Date()) -> String {
        address.text(signedFor: settings.region, by: settings.keys, at: date)
    }
}

extension String {
    /// A port that goes without saying is not said in requests either, whose hosts are signed.
    fileprivate var withoutUsualPort: String {
        for (scheme, port) in [("http://", ":80"), ("https://", ":443")] where hasPrefix(scheme) && hasSuffix(port) {
            return String(dropLast(port.count))
        }
        return self
    }
}
