import Foundation
import SystemPackage
import VisualSearch

/// A photo where it lies: contract `Place`.
struct PlaceJSON: Encodable {
    let photo: String
    let name: String
    let folder: String
    let path: String
    /// The path's bytes where they are no text.
    let pathBase64: Data?

    init(_ id: PhotoID, at path: FilePath) {
        photo = id.description
        name = path.lastComponent?.string ?? ""
        folder = path.removingLastComponent().written
        self.path = path.written
        pathBase64 = path.data == Data(path.string.utf8) ? nil : path.data
    }

    init(_ place: PhotoPlace) { self.init(place.id, at: place.path) }
}
