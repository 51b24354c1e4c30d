/// A photo as a point among others: near ones look alike.
public struct Embedding: Sendable, Hashable {
    /// On whatever scale the model gives them.
    public let values: [Float]

    /// Takes the numbers as they are: nothing is normalized yet.
    public init(_ values: [Float]) {
        self.values = values
    }

    /// How many numbers there are; only embeddings with equally many can be compared.
    public var dimension: Int { values.count }

    /// Whether it can be searched for, and among others: all numbers are finite, and its length is less than 10^18.
    public var isComparable: Bool { values.reduce(0) { $0 + Double($1) * Double($1) } < 1e36 }

    /// The same direction with length one; an embedding without a direction stays as it is.
    public var normalized: Embedding {
        let length = values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard length > 0 else { return self }
        return Embedding(values.map { Float(Double($0) / length) })
    }
}
