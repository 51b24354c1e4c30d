/// A row of an index, and how alike it is to the query.
public struct Neighbor: Sendable, Hashable {
    public let row: Int
    public let similarity: Float

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
