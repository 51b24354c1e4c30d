public import SystemPackage

/// A photo that looks like the query.
public struct SearchResult: Sendable, Hashable {
    /// From 1.
    public let rank: Int
    /// Absolute, or the address of an object (`FilePath.written`); `PhotoFolder.displayed(_:)` turns it into what the user would write.
    public let path: FilePath
    /// On the scale of the metric that was asked for, where 1 is the most.
    public let similarity: Float
    /// How probable it is that it is of the query’s type, from 0 to 1; `nil` where the model does not know, or nobody asked.
    public internal(set) var sureness: Double?
    /// By what is in its file.
    public let id: PhotoID
    /// Results that are nearly the same photo and would have come later, where only the first of such is kept
    /// (`SearchOptions.isDiverse`).
    public internal(set) var alike: [SearchResult] = []
    /// Whether its file is the query's, byte for byte.
    public let isIdentical: Bool
    /// The catalogue’s number for what is in its file.
    let content: Int64

    init(
        rank: Int, path: FilePath, id: PhotoID, similarity: Float, sureness: Double? = nil, isIdentical: Bool = false,
        content: Int64 = 0
    ) {
        (self.rank, self.path, self.id, self.similarity, self.sureness) = (rank, path, id, similarity, sureness)
        (self.isIdentical, self.content) = (isIdentical, content)
    }
}

extension SearchResult {
    /// One that another process found.
    public init(rank: Int, place: PhotoPlace, similarity: Float, sureness: Double?, isIdentical: Bool) {
        self.init(
            rank: rank, path: place.path, id: place.id, similarity: similarity, sureness: sureness,
            isIdentical: isIdentical)
    }

    func ranked(_ rank: Int, similarity: Float) -> SearchResult {
        SearchResult(
            rank: rank, path: path, id: id, similarity: similarity, sureness: sureness, isIdentical: isIdentical,
            content: content)
    }
}
