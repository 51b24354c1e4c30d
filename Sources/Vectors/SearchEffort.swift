/// How much may be left out of a search to make it fast.
public enum SearchEffort: Sendable, Hashable {
    /// Nothing: whatever codes do not rule out for certain is compared.
    case exact
    /// What codes rule out with so high a probability that one in many thousands of neighbours is missed.
    case likely
    /// As `likely`, and all but so many of the partitions of each block.
    case partitions(Int)
}

/// What a search did.
public struct SearchWork: Sendable, Hashable {
    /// Vectors whose codes were looked at, or that have none.
    public internal(set) var scanned = 0
    /// Of those, vectors that were compared with the query to the last digit.
    public internal(set) var compared = 0

    static func += (left: inout SearchWork, right: SearchWork) {
        left.scanned += right.scanned
        left.compared += right.compared
    }
}
