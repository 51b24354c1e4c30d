import Foundation
public import SystemPackage

/// How a program of the same user asks the server of a catalogue, as long as that runs: it lies beside the catalogue, where nobody
/// else may read it.
public struct ServerTicket: Codable, Sendable {
    /// For what is asked for at the server's root.
    public let address: String
    /// Stands for the token, as a cookie.
    public let cookie: String
    /// Of the embeddings that the server compares unless another model is named.
    public let identity: String

    private static func path(ofCatalogueAt catalogue: FilePath) -> FilePath { FilePath(catalogue.string + ".server") }

    /// `nil` where no server runs, or none that said so.
    public init?(forCatalogueAt catalogue: FilePath) {
        guard let data = FileManager.default.contents(atPath: Self.path(ofCatalogueAt: catalogue).string),
            let ticket = try? JSONDecoder().decode(ServerTicket.self, from: data)
        else { return nil }
        self = ticket
    }

    init(address: String, cookie: String, identity: String) {
        (self.address, self.cookie, self.identity) = (address, cookie, identity)
    }

    /// Where it cannot be written, programs answer for themselves.
    func write(forCatalogueAt catalogue: FilePath) {
        let (path, manager) = (Self.path(ofCatalogueAt: catalogue).string, FileManager.default)
        try? manager.removeItem(atPath: path)
        guard let data = try? JSONEncoder().encode(self) else { return }
        _ = manager.createFile(atPath: path, contents: data, attributes: [.posixPermissions: 0o600])
    }

    /// That of another server, which began later, stays.
    func remove(forCatalogueAt catalogue: FilePath) {
        guard ServerTicket(forCatalogueAt: catalogue)?.cookie == cookie else { return }
        try? FileManager.default.removeItem(atPath: Self.path(ofCatalogueAt: catalogue).string)
    }
}
