/// How much may be left out of a search to make it fast.
public enum SearchEffort: Sendable, Hashable {
    /// Nothing: whatever codes do not rule out for certain is compared.
    case exact
    /// What codes rule out with so high a probability that one in many thousands of neighbours is missed.
    case likely
    /// As `likely`, and all but so many of the partitions of each block: see `RecallTuning`.
    case partitions(Int)
}
