import Foundation
public import Postgres
public import SystemPackage

/// Where a catalogue lies.
public enum CatalogueLocation: Sendable, Hashable {
    /// In a file, with indexes beside it.
    case file(FilePath)
    /// In a database of a PostgreSQL server, for any number of machines.
    case server(PostgresAddress)

    /// `postgres://…` or a file's path. Throws a `CatalogueError` for an address that libpq cannot read, or that has a password in
    /// it.
    public init(_ text: String) throws(CatalogueError) {
        guard PostgresAddress.isAddress(text) else {
            self = .file(FilePath(text))
            return
        }
        do { self = .server(try PostgresAddress(text)) } catch { throw .noAddress(reason: "\(error)") }
    }

    /// The catalogue, made where there is none yet. Throws a `CatalogueError`.
    public func open() throws(CatalogueError) -> any PhotoCatalogue {
        switch self {
        case .file(let path): try EmbeddedCatalogue(at: path)
        case .server(let address): PostgresCatalogue(on: address, mayBeMade: true)
        }
    }

    /// The catalogue that is there. Throws `CatalogueError.missing` where there is none; one on a server does so when it is first
    /// asked for something.
    public func opened() throws(CatalogueError) -> any PhotoCatalogue {
        switch self {
        case .file(let path):
            guard FileManager.default.fileExists(atPath: path.string) else { throw .missing(self) }
            return try open()
        case .server(let address): return PostgresCatalogue(on: address, mayBeMade: false)
        }
    }
}

extension CatalogueLocation: CustomStringConvertible {
    /// As a user names it.
    public var description: String {
        switch self {
        case .file(let path): path.string
        case .server(let address): address.description
        }
    }
}
