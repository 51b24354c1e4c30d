import SystemPackage
import VisualSearch

/// Photos that are there twice, or nearly so: contract `Duplicates`.
struct DuplicatesJSON: Encodable {
    struct Content: Encodable {
        let photo: String
        let places: [PlaceJSON]
    }

    struct Group: Encodable {
        let contents: [Content]
        let similarity: Float
        let garment: Bool
    }

    let groups: [Group]

    /// Photos whose IDs are not known any more, because they went meanwhile, are left out.
    init(_ groups: [DuplicateGroup], _ ids: [FilePath: PhotoID]) {
        self.groups = groups.map { group in
            Group(
                contents: group.contents.compactMap { Content($0, ids) }, similarity: group.similarity,
                garment: group.isOfGarment)
        }
    }
}

extension DuplicatesJSON.Content {
    fileprivate init?(_ copies: DuplicateGroup.Copies, _ ids: [FilePath: PhotoID]) {
        guard let id = copies.lazy.compactMap({ ids[$0] }).first else { return nil }
        self.init(photo: id.description, places: copies.map { PlaceJSON(id, at: $0) })
    }
}
