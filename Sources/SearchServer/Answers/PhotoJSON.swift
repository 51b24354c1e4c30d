import Foundation
import SystemPackage
import VisualSearch

/// What is known of a photo: contract `Photo`.
struct PhotoJSON: Encodable {
    let photo: String
    let places: [PlaceJSON]
    let bytes: Int?
    let modified: Date?
    let type: String?
}

/// A page of photos: contract `Photos`.
struct PhotosJSON: Encodable {
    let photos: [PlaceJSON]
    let total: Int
    /// Where the next page begins; `nil` at the end.
    let next: PageMark?

    /// One photo more than the limit says that there is another page.
    init(_ photos: [PhotoPlace], limit: Int, total: Int) {
        let page = photos.prefix(limit)
        self.photos = page.map(PlaceJSON.init)
        self.total = total
        next = photos.count > limit ? page.last.map { PageMark(after: $0.path) } : nil
    }
}

/// A photo that was sent: contract `Sent`.
struct SentJSON: Encodable {
    let photo: String
    let known: Bool
}
