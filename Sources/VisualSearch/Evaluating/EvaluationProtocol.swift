public import SystemPackage

/// A photo of which people say what it shows.
public struct LabelledPhoto: Sendable, Hashable {
    /// Absolute.
    public let path: FilePath
    /// Photos with the same one are what somebody means who asks with this one.
    public let label: String
    /// What it shares with photos that it must not find, lest the measure be of that: a sender, a day, a piece of cloth.
    public let groups: [String]

    /// Gives each group a name that no other kind of group has.
    public init(path: FilePath, label: String, groups: [String] = []) {
        (self.path, self.label, self.groups) = (path, label, groups)
    }

    /// Whether another photo may be found when this one asks.
    func mayFind(_ other: LabelledPhoto) -> Bool {
        other.path != path && !zip(groups, other.groups).contains { $0 == $1 && !$0.isEmpty }
    }
}

/// Which photos ask, and which may be found.
public struct EvaluationProtocol: Sendable {
    /// Only those that have something relevant to find.
    public let queries: [LabelledPhoto]
    /// A query may be among them; it does not find itself.
    public let gallery: [LabelledPhoto]
    /// How many photos would have asked, but nothing in the gallery has their label.
    public let pointless: Int

    /// Throws a `LabelError` where nothing is left to ask or to find.
    public init(queries: [LabelledPhoto], gallery: [LabelledPhoto]) throws(LabelError) {
        guard !gallery.isEmpty else { throw .noGallery }
        let byLabel = Dictionary(grouping: gallery, by: \.label)
        self.queries = queries.filter { query in byLabel[query.label, default: []].contains(where: query.mayFind) }
        self.gallery = gallery
        pointless = queries.count - self.queries.count
        guard !self.queries.isEmpty else { throw .noQueries }
    }

    /// Each photo of some folders asks all others; the name of the folder that it lies in is its label.
    public init(folders: [PhotoFolder]) async throws {
        let photos = try await folders.photos().map {
            LabelledPhoto(path: $0, label: PhotoLabels.folders.label(of: $0) ?? "")
        }
        try self.init(queries: photos, gallery: photos)
    }
}
