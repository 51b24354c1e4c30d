public import SystemPackage

/// What to find the look-alikes of.
public enum Query: Sendable, Hashable {
    case file(FilePath)
    /// The bytes of a photo that lies in no file.
    case bytes([UInt8])
    /// Several photos, parts of photos, or one but not the other. At least one.
    case mixed([QueryTerm])
}

/// One photo, or a part of one, among those that a query is made of.
public struct QueryTerm: Sendable, Hashable {
    /// Where the photo comes from.
    public enum Photo: Sendable, Hashable {
        case file(FilePath)
        case bytes([UInt8])
        /// One that the catalogue has.
        case catalogued(CataloguedPhoto)
    }

    /// The photo itself, whatever part of it counts.
    public var photo: Photo
    /// `nil` for the whole photo.
    public var region: PhotoRegion?
    /// How much it counts beside the other terms; below 0 for what results should not look like.
    public var weight: Double

    /// The whole of a photo counts once unless told otherwise.
    public init(_ photo: Photo, region: PhotoRegion? = nil, weight: Double = 1) {
        (self.photo, self.region, self.weight) = (photo, region, weight)
    }
}

extension Query {
    /// What the query is made of.
    public var terms: [QueryTerm] {
        switch self {
        case .file(let path): [QueryTerm(.file(path))]
        case .bytes(let bytes): [QueryTerm(.bytes(bytes))]
        case .mixed(let terms): terms
        }
    }

    /// Whether it is one whole photo.
    var isWholePhoto: Bool { terms.count == 1 && terms[0].region == nil }
}
