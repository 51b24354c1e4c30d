import Foundation
import SystemPackage

/// How to reach a store that speaks S3, and as whom: what the environment, and the files of AWS' own tools, say.
struct S3Settings: Sendable {
    struct Keys: Sendable, Hashable {
        let id: String
        let secret: String
        /// Of those that are valid for a while.
        let token: String?
    }

    /// Nothing is said of the profile that is to be used.
    struct NoProfile: Error {
        let name: String
    }

    /// `nil` for Amazon's own servers.
    let endpoint: String?
    let region: String
    /// `nil` for whoever asks for what anybody may have.
    let keys: Keys?

    /// Of the program's environment, read anew: keys that are valid for a while are renewed in those files.
    init() throws(NoProfile) { try self.init(environment: ProcessInfo.processInfo.environment) }

    init(environment: [String: String]) throws(NoProfile) {
        func value(_ names: String...) -> String? {
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        let profile = value("AWS_PROFILE", "AWS_DEFAULT_PROFILE")
        let kept = ProfileFiles(environment: environment).settings(of: profile ?? "default")
        if let profile, kept.isEmpty { throw NoProfile(name: profile) }
        endpoint = value("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL") ?? kept["endpoint_url"]
        region = value("AWS_REGION", "AWS_DEFAULT_REGION") ?? kept["region"] ?? "us-east-1"
        let told = Keys(
            value("AWS_ACCESS_KEY_ID"), value("AWS_SECRET_ACCESS_KEY"), value("AWS_SESSION_TOKEN"))
        keys =
            told ?? Keys(kept["aws_access_key_id"], kept["aws_secret_access_key"], kept["aws_session_token"])
    }
}

extension S3Settings.Keys {
    fileprivate init?(_ id: String?, _ secret: String?, _ token: String?) {
        guard let id, let secret else { return nil }
        self.init(id: id, secret: secret, token: token)
    }
}
