import Vectors

/// Local features of one photo, as directions: what is in each of its places.
public struct PatchVectors: Sendable, Hashable {
    /// How many numbers each place has.
    public let dimension: Int
    /// One place's after the other's, of length one each.
    let values: [Float]
    private let mean: [Float]

    /// How many places there are, at least one.
    public var count: Int { values.count / dimension }

    /// Takes the numbers of one place after the other's, however long they are; traps unless there is at least one place.
    public init(_ numbers: some Collection<some BinaryInteger>, dimension: Int) {
        self.init(numbers.map { Float($0) }, dimension: dimension)
    }

    /// The same of numbers that are no integers.
    public init(_ numbers: [Float], dimension: Int) {
        precondition(!numbers.isEmpty && numbers.count % dimension == 0)
        self.dimension = dimension
        let starts = stride(from: 0, to: numbers.count, by: dimension)
        let values = starts.flatMap { start in
            let place = numbers[start..<start + dimension]
            let length = place.product(with: place).squareRoot()
            return length > 0 ? place.map { $0 / length } : Array(place)
        }
        let sum = starts.reduce(into: [Float](repeating: 0, count: dimension)) { sum, start in
            for number in 0..<dimension { sum[number] += values[start + number] }
        }
        (self.values, mean) = (values, sum.map { $0 / Float(numbers.count / dimension) })
    }

    /// The cosine of each place with each of another photo, in rows of the other's.
    func similarities(with other: PatchVectors) -> [Float] {
        values.products(withRows: other.values, dimension: dimension)
    }

    /// How much of each place is of both photos: cross-correlation with the mean of the other's places, where that is not
    /// negative.
    func weights(by other: PatchVectors) -> [Double] {
        let weights = other.mean.products(withRows: values, dimension: dimension).map { Double(max(0, $0)) }
        return weights.contains { $0 > 0 } ? weights : weights.map { _ in 1 }
    }
}
