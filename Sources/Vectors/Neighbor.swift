/// A vector of an index, and how alike it is to the query.
public struct Neighbor: Sendable, Hashable {
    /// By which the index was given it.
    public let id: Int64
    /// On the scale of the query’s `Metric`; the higher, the nearer.
    public let similarity: Double

    /// For a vector that was compared elsewhere and is to be sorted among an index’s own.
    public init(id: Int64, similarity: Double) {
        self.id = id
        self.similarity = similarity
    }
}

extension Neighbor: Comparable {
    /// The nearer one is less, as it comes first; of two equally near, the one with the lower number.
    public static func < (left: Neighbor, right: Neighbor) -> Bool {
        left.similarity == right.similarity ? left.id < right.id : left.similarity > right.similarity
    }
}
