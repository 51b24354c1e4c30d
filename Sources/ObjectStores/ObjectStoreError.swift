import Downloads

/// Why an object cannot be read, or a folder of such be listed.
public struct ObjectStoreError: Error, Hashable, CustomStringConvertible {
    /// What is wrong with it.
    public enum Kind: Sendable, Hashable {
        /// Nobody answers, for that reason.
        case unreachable(String)
        case absent
        /// With what the store says of it.
        case forbidden(String)
        /// The store's servers elsewhere have it.
        case elsewhere(region: String)
        /// By a status of HTTP's, with what the store says of it.
        case refused(status: Int, String)
        /// In bytes.
        case tooLong(limit: Int)
        /// The folder, for that reason.
        case unlistable(String)
        /// What the settings name is no server's address.
        case endpoint(String)
        /// Nothing is said of the profile of that name.
        case profile(String)
    }

    /// Of the object, or the folder.
    public let address: ObjectAddress
    /// What went wrong there.
    public let kind: Kind

    init(_ address: ObjectAddress, _ kind: Kind) { (self.address, self.kind) = (address, kind) }

    /// What is wrong, and what helps where something does.
    public var description: String { "\(address) \(reason)" }

    /// The same, to stand behind its address.
    public var reason: String {
        switch kind {
        case .unreachable(let reason): "cannot be reached: \(reason)"
        case .absent: "is not there"
        case .forbidden(let reason): "may not be read\(reason): \(permission)"
        case .elsewhere(let region): "lies in the region \(region): set AWS_REGION=\(region)"
        case .refused(let status, let reason): "cannot be read: its server answers with status \(status)\(reason)"
        case .tooLong(let limit): "has more than \(limit / 1_000_000) MB"
        case .unlistable(let reason): "cannot be listed: \(reason)"
        case .endpoint(let text):
            "cannot be asked for: AWS_ENDPOINT_URL, or endpoint_url in ~/.aws/config, is like https://store.example, not \(text)"
        case .profile(let name):
            "cannot be asked for: neither ~/.aws/config nor ~/.aws/credentials says anything of the profile \(name)"
        }
    }

    private var permission: String {
        address.scheme == "s3"
            ? "check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
            : "~/.netrc may have a name and a password for its host"
    }
}

extension ObjectStoreError {
    init(_ error: DownloadError, of address: ObjectAddress) {
        switch error {
        case .noConnection(_, let reason, _): self.init(address, .unreachable(reason))
        case .tooLong(_, let limit): self.init(address, .tooLong(limit: limit))
        default: self.init(address, .unreachable("\(error)"))
        }
    }

    /// Of an answer that is none to what was asked.
    init(_ answer: Retrieval.Answer, of address: ObjectAddress) {
        let refusal = S3Refusal(answer.bytes)
        let reason = refusal.map { " (\($0.code): \($0.message))" } ?? ""
        switch answer.status {
        case 404, 410: self.init(address, .absent)
        case 300..<500 where refusal?.isOfRegion == true && answer["x-amz-bucket-region"] != nil:
            self.init(address, .elsewhere(region: (answer["x-amz-bucket-region"] ?? "").printable))
        case 401, 403: self.init(address, .forbidden(reason))
        case let status: self.init(address, .refused(status: status, reason))
        }
    }
}

extension S3Refusal {
    /// Whether the request went to servers that do not have the bucket.
    fileprivate var isOfRegion: Bool {
        [
            "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed",
            "AuthorizationQueryParametersError", "IllegalLocationConstraintException",
        ].contains(code)
    }
}
