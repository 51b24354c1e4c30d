/// A row of an index, and how alike it is to the query.
public struct Neighbor: Sendable, Hashable {
    /// From 0, in the order in which the index was given its rows.
    public let row: Int
    /// On the scale of the index’s `Metric`; the higher, the nearer.
    public let similarity: Float

    /// For a row that was compared elsewhere and is to be sorted among an index’s own.
    public init(row: Int, similarity: Float) {
        self.row = row
        self.similarity = similarity
    }
}

extension Neighbor: Comparable {
    /// The nearer one is less, as it comes first; of two equally near, the one of the earlier row.
    public static func < (left: Neighbor, right: Neighbor) -> Bool {
        left.similarity == right.similarity ? left.row < right.row : left.similarity > right.similarity
    }
}
