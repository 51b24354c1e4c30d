import Foundation
public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How a program of the same user asks the server of a catalogue, as long as that runs: it lies beside the catalogue, where nobody
/// else may read it.
public struct ServerTicket: Codable, Sendable {
    /// For what is asked for at the server's root.
    public let address: String
    /// Stands for the token, as a cookie.
    public let cookie: String
    /// Of the embeddings that the server compares unless another model is named.
    public let identity: String

    private static func path(beside catalogue: FilePath) -> FilePath { FilePath(catalogue.string + ".server") }

    /// `nil` where no server runs, or none that said so, or somebody else may have written what is there.
    public init?(beside catalogue: FilePath) {
        let path = Self.path(beside: catalogue)
        let attributes = (try? FileManager.default.attributesOfItem(atPath: path.string)) ?? [:]
        guard attributes[.type] as? FileAttributeType == .typeRegular,
            attributes[.ownerAccountID] as? Int == Int(geteuid()),
            let permissions = attributes[.posixPermissions] as? Int, permissions & 0o077 == 0,
            let data = FileManager.default.contents(atPath: path.string),
            let ticket = try? JSONDecoder().decode(ServerTicket.self, from: data)
        else { return nil }
        self = ticket
    }

    init(address: String, cookie: String, identity: String) {
        (self.address, self.cookie, self.identity) = (address, cookie, identity)
    }

    /// Where it cannot be written, programs answer for themselves.
    func write(beside catalogue: FilePath) {
        let path = Self.path(beside: catalogue)
        let part = FilePath("\(path.string).\(getpid())")
        // Beside a catalogue on a server, nothing may lie yet.
        try? FileManager.default.createDirectory(
            atPath: path.removingLastComponent().string, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        unlink(part.string)
        guard let data = try? JSONEncoder().encode(self),
            let file = try? FileDescriptor.open(
                part, .writeOnly, options: [.create, .exclusiveCreate, .noFollow], permissions: .ownerReadWrite),
            (try? file.closeAfter { try file.writeAll(data) }) != nil
        else { return }
        rename(part.string, path.string)
    }

    /// That of another server, which began later, stays.
    func remove(beside catalogue: FilePath) {
        guard ServerTicket(beside: catalogue)?.cookie == cookie else { return }
        try? FileManager.default.removeItem(atPath: Self.path(beside: catalogue).string)
    }
}
