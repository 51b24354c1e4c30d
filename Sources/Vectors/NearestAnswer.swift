/// What is nearest to a query, and what it took to find it.
public struct NearestAnswer: Sendable, Hashable {
    /// The nearest first, and of those equally near the one with the lowest number.
    public let neighbors: [Neighbor]
    /// Little, compared with how many vectors there are.
    public let work: SearchWork
}

/// What a search did.
public struct SearchWork: Sendable, Hashable {
    /// Vectors whose codes were looked at, or that have none.
    public internal(set) var scanned = 0
    /// Of those, vectors that were compared with the query to the last digit.
    public internal(set) var compared = 0

    /// Nothing done yet.
    public init() {}

    /// What two searches did together.
    public static func + (left: SearchWork, right: SearchWork) -> SearchWork {
        var sum = left
        sum.scanned += right.scanned
        sum.compared += right.compared
        return sum
    }

    static func += (left: inout SearchWork, right: SearchWork) { left = left + right }
}
