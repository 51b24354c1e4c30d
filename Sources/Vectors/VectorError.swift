/// Why an embedding cannot be searched for, or among others.
public enum VectorError: Error, Hashable, CustomStringConvertible {
    case otherDimension(Int, expected: Int)
    case outOfRange
    /// A vector on disk is not what was written there.
    case damaged

    /// Says what is wrong with the embedding, and what would be right.
    public var description: String {
        switch self {
        case .otherDimension(let count, let expected):
            "an embedding has \(count) numbers, and \(expected) are compared here"
        case .outOfRange: "an embedding holds a number that is none, or is longer than 10^18: it cannot be compared"
        case .damaged: "a vector of the index is not what was written there: the index has to be made anew"
        }
    }
}
