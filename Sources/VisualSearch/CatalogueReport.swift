public import Catalogue
public import SystemPackage

/// What a catalogue holds, for those who ask how it is.
public struct CatalogueReport: Sendable, Hashable {
    /// Photos of all folders, whichever models know them.
    public let photos: Int
    /// The folders that the catalogue was brought up to date with.
    public let folders: [FilePath]
    /// What machines that share the work have left; `nil` where one does all.
    public let sharedWork: SharedWork?

    /// Opens a catalogue that is there, and makes none; `nil` where there is none. Throws a `CatalogueError`, also where a part of
    /// it does not answer.
    public init?(ofCatalogueAt location: CatalogueLocation) async throws {
        do {
            let catalogue = try location.opened()
            try await catalogue.checkPresence()
            photos = try await catalogue.photoCount()
            folders = try await catalogue.roots()
            sharedWork = try await catalogue.sharedWork()
        } catch CatalogueError.missing { return nil }
    }
}
