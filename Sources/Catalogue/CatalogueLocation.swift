import Foundation
public import SystemPackage

/// Where a catalogue lies.
public enum CatalogueLocation: Sendable, Hashable {
    /// In a file, with indexes beside it.
    case file(FilePath)

    /// The catalogue, made where there is none yet. Throws a `CatalogueError`.
    public func open() throws(CatalogueError) -> any PhotoCatalogue {
        switch self {
        case .file(let path): try EmbeddedCatalogue(at: path)
        }
    }

    /// The catalogue that is there; throws `CatalogueError.missing` where there is none.
    public func opened() throws(CatalogueError) -> any PhotoCatalogue {
        guard exists else { throw .missing(self) }
        return try open()
    }

    private var exists: Bool {
        switch self {
        case .file(let path): FileManager.default.fileExists(atPath: path.string)
        }
    }
}

extension CatalogueLocation: CustomStringConvertible {
    /// As a user names it.
    public var description: String {
        switch self {
        case .file(let path): path.string
        }
    }
}
