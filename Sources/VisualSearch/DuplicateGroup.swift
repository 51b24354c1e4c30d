public import SystemPackage

/// Photos that show the same: each is nearly the same as another one of them, or shows the same garment.
public struct DuplicateGroup: Sendable, Hashable {
    /// Photos that have the same bytes, in the order of their paths; absolute.
    public typealias Copies = [FilePath]

    /// What is in the photos, each with all that have it; the one that has the first path comes first.
    public let contents: [Copies]
    /// The cosine of the two least alike of those that were found for one another, by views of garments; 1 where all are copies.
    public let similarity: Float
    /// Whether they are other pictures, of what may be the same garment.
    public let isOfGarment: Bool

    /// Whether all photos have the same bytes.
    public var isOfCopies: Bool { contents.count == 1 }
    /// How many photos there are.
    public var count: Int { contents.reduce(0) { $0 + $1.count } }

    init(_ photos: [FilePath], _ copies: [FilePath: [FilePath]], similarity: Float, isOfGarment: Bool = false) {
        self.isOfGarment = isOfGarment
        var (contents, seen) = ([Copies](), Set<FilePath>())
        for photo in photos.sorted(by: { $0.string < $1.string }) where !seen.contains(photo) {
            contents.append([photo] + copies[photo, default: []].sorted { $0.string < $1.string })
            seen.formUnion(contents[contents.count - 1])
        }
        (self.contents, self.similarity) = (contents, similarity)
    }
}
