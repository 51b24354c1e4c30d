public import Foundation
import Postgres

/// Which servers the embeddings of a catalogue are to be spread over, as a file says it:
/// `{"deadline": 5, "shards": [{"name": "a", "address": "postgres://user@host/database"}, …]}`.
public struct ClusterDescription: Sendable, Hashable, Codable {
    /// One server, or a database of it.
    public struct Shard: Sendable, Hashable, Codable {
        /// By which people know it. It stays the same wherever the server moves.
        public var name: String
        /// As the catalogue's server and all who search reach it: with a host, and without a password.
        public var address: String

        /// Nobody is asked whether there is such a server.
        public init(name: String, address: String) { (self.name, self.address) = (name, address) }
    }

    /// How many seconds a search waits for each shard: from .1 to an hour, 5 unless it is said.
    public var deadline: Double?
    /// At least one, and 256 at most.
    public var shards: [Shard]

    /// Throws a `ClusterError` for what cannot be made.
    public init(shards: [Shard], deadline: Double? = nil) throws(ClusterError) {
        (self.shards, self.deadline) = (shards, deadline)
        try check()
    }

    /// The same from a file's text.
    public init(json: Data) throws(ClusterError) {
        do { self = try JSONDecoder().decode(Self.self, from: json) } catch {
            throw .unreadable(reason: (error as? DecodingError)?.explanation ?? "\(error)")
        }
        try check()
    }

    private func check() throws(ClusterError) {
        guard (1...256).contains(shards.count) else { throw .unreadable(reason: "it names \(shards.count) shards") }
        guard (0.1...3600).contains(seconds) else { throw .unreadable(reason: "its deadline is \(seconds) seconds") }
        for shard in shards {
            guard !shard.name.isEmpty, shards.count(where: { $0.name == shard.name }) == 1 else {
                throw .unreadable(reason: "two shards are called “\(shard.name)”, or one is called nothing")
            }
            guard shards.count(where: { $0.address == shard.address }) == 1 else {
                throw .unreadable(reason: "two shards are at \(shard.address)")
            }
            try shard.check()
        }
    }

    var seconds: Double { deadline ?? 5 }
}

extension ClusterDescription.Shard {
    fileprivate func check() throws(ClusterError) {
        let options: [String: String]
        do { options = try PostgresAddress(address).options } catch {
            throw .unreadable(reason: "the address of the shard “\(name)” cannot be used: \(error)")
        }
        guard options["host"] ?? options["hostaddr"] != nil else {
            throw .unreadable(reason: "the address of the shard “\(name)” names no host")
        }
    }
}

extension DecodingError {
    /// What is not as it should be, and where.
    fileprivate var explanation: String {
        switch self {
        case .keyNotFound(let key, let context): "\(context.place)“\(key.stringValue)” is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(context.place)\(context.debugDescription)"
        case .dataCorrupted(let context): context.debugDescription
        @unknown default: "\(self)"
        }
    }
}

extension DecodingError.Context {
    fileprivate var place: String {
        codingPath.isEmpty ? "" : codingPath.map(\.stringValue).joined(separator: ".") + ": "
    }
}
