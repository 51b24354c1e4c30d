import Catalogue
public import Embedders
public import SystemPackage

// What people ask who look around in a catalogue.
extension SearchEngine {
    /// A photo by its ID; `nil` where the catalogue has none.
    public nonisolated func photo(_ id: PhotoID) async throws -> CataloguedPhoto? {
        CataloguedPhoto(try await catalogue.photos(ofContentsBeginning: id.bytes))
    }

    /// The IDs of the photos at some absolute paths, in their order; `nil` for each that the catalogue does not know.
    public nonisolated func ids(ofPhotosAt paths: [FilePath]) async throws -> [PhotoID?] {
        try await catalogue.photos(at: paths).map { $0.map { PhotoID(of: $0.digest) } }
    }

    /// As many photos of a folder as `limit`, with their paths, that come after a path in the order of their bytes.
    public nonisolated func photos(in folder: FilePath, after path: FilePath?, limit: Int) async throws
        -> [PhotoPlace]
    {
        try await catalogue.photos(in: folder, after: path, limit: limit).map(PhotoPlace.init)
    }

    /// How many photos of a folder the catalogue has, whichever models know them.
    public nonisolated func photoCount(in folder: FilePath) async throws -> Int {
        try await catalogue.photoCount(in: folder)
    }

    /// Files of a folder that are no photos although their names say so, and why, as far as they were opened.
    public nonisolated func faults(in folder: FilePath) async throws -> [(path: FilePath, reason: String)] {
        try await catalogue.faults(in: folder)
    }

    /// What a photo of the catalogue most probably shows; `nil` where the model does not know, or has not seen it.
    public nonisolated func type(of photo: CataloguedPhoto) async throws -> GarmentType? {
        try await types(ofContents: [photo.content])[photo.content].flatMap(GarmentType.init(number:))
    }
}
