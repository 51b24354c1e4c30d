public import Evaluation
public import Vectors

/// Vectors of photos, one a row, and which of them show the same.
public struct LabelledVectors: Sendable {
    /// One row's numbers after the other's.
    public let numbers: [Float]
    /// Of one row.
    public let dimension: Int
    /// One number a row, the same for the same identity.
    public let identities: [Int]

    /// Traps unless there is one identity a row.
    public init(_ numbers: [Float], dimension: Int, identities: [Int]) {
        precondition(numbers.count == dimension * identities.count)
        (self.numbers, self.dimension, self.identities) = (numbers, dimension, identities)
    }

    var count: Int { identities.count }

    /// Some of the rows, in that order.
    public func rows(_ places: [Int]) -> LabelledVectors {
        LabelledVectors(
            places.flatMap { numbers[$0 * dimension..<($0 + 1) * dimension] }, dimension: dimension,
            identities: places.map { identities[$0] })
    }

    /// The same photos with what was learnt.
    public func adapted(by adapter: VectorAdapter) -> LabelledVectors {
        LabelledVectors(adapter.applied(toRows: numbers), dimension: dimension, identities: identities)
    }

    /// Of each row the most similar others, the most similar first, as far as `limit` goes.
    public func neighbours(_ limit: Int) -> [[Int]] {
        let similarities = numbers.products(withRows: numbers, dimension: dimension)
        return (0..<count).map { query in
            (0..<count).filter { $0 != query }.greatest(limit) { similarities[query * count + $0] }
        }
    }

    /// How well each finds what shows the same among all others: one judgement for each of `askers`.
    public var judgements: [Judgement] {
        let neighbours = neighbours(Measure.depth)
        return askers.map { judgement(of: $0, finding: neighbours[$0]) }
    }

    /// The rows that have others of their identity.
    public var askers: [Int] {
        let counts = Dictionary(grouping: identities) { $0 }.mapValues(\.count)
        return identities.indices.filter { counts[identities[$0], default: 0] > 1 }
    }

    /// What a row's neighbours are worth; the row must have others of its identity.
    public func judgement(of row: Int, finding neighbours: [Int]) -> Judgement {
        let relevant = identities.count { $0 == identities[row] } - 1
        return Judgement(neighbours.map { identities[$0] == identities[row] }, of: relevant)
    }

    /// What their neighbours are worth; 0 where none could be right.
    var retrieval: Double { judgements.worth }
}

extension [Judgement] {
    /// On average; 0 of none.
    var worth: Double { isEmpty ? 0 : reduce(0) { $0 + $1.worth } / Double(count) }
}

extension Judgement {
    /// The mean of R@1 and the average precision within ten: what learning makes as great as it can.
    var worth: Double { (precision(at: 1) + averagePrecision(within: 10)) / 2 }
}

extension [Int] {
    /// So many of the greatest, the greatest first; of equal ones the first.
    fileprivate func greatest(_ count: Int, by value: (Int) -> Float) -> [Int] {
        reduce(into: [(value: Float, element: Int)]()) { kept, element in
            let own = value(element)
            guard kept.count < count || own > kept[kept.count - 1].value else { return }
            let place = kept.firstIndex { own > $0.value } ?? kept.count
            kept.insert((own, element), at: place)
            if kept.count > count { kept.removeLast() }
        }.map(\.element)
    }
}
