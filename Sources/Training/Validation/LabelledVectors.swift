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
    /// One number a row, the same for photos that were taken together: these are alike by more than what they show, and are not found for
    /// one another. `nil` where nobody knows.
    public let series: [Int]?

    /// How many others each row is to find.
    private let relevantCounts: [Int]

    /// Traps unless there is one identity, and one series, a row.
    public init(_ numbers: [Float], dimension: Int, identities: [Int], series: [Int]? = nil) {
        precondition(
            numbers.count == dimension * identities.count && series?.count ?? identities.count == identities.count)
        (self.numbers, self.dimension, self.identities, self.series) = (numbers, dimension, identities, series)
        let together = zip(identities, series ?? Array(identities.indices)).map { [$0, $1] }
        let (same, own) = (identities.counts, together.counts)
        relevantCounts = zip(identities, together).map { same[$0, default: 0] - own[$1, default: 0] }
    }

    var count: Int { identities.count }

    /// Some of the rows, in that order.
    public func rows(_ places: [Int]) -> LabelledVectors {
        LabelledVectors(
            places.flatMap { numbers[$0 * dimension..<($0 + 1) * dimension] }, dimension: dimension,
            identities: places.map { identities[$0] }, series: series.map { series in places.map { series[$0] } })
    }

    /// The same photos with what was learnt.
    public func adapted(by adapter: VectorAdapter) -> LabelledVectors {
        LabelledVectors(
            adapter.applied(toRows: numbers), dimension: dimension, identities: identities, series: series)
    }

    /// Of each row the most similar others, the most similar first, as far as `limit` goes.
    public func neighbours(_ limit: Int) -> [[Int]] {
        let similarities = numbers.products(withRows: numbers, dimension: dimension)
        return (0..<count).map { query in
            (0..<count).filter { mayFind(query, $0) }.greatest(limit) { similarities[query * count + $0] }
        }
    }

    private func mayFind(_ query: Int, _ other: Int) -> Bool {
        series.map { $0[query] != $0[other] } ?? (query != other)
    }

    /// How well each finds what shows the same among all others: one judgement for each of `askers`.
    public var judgements: [Judgement] {
        let neighbours = neighbours(Measure.depth)
        return askers.map { judgement(of: $0, finding: neighbours[$0]) }
    }

    /// The rows that have others of their identity to find.
    public var askers: [Int] { identities.indices.filter { relevantCounts[$0] > 0 } }

    /// What a row's neighbours are worth; the row must have others of its identity.
    public func judgement(of row: Int, finding neighbours: [Int]) -> Judgement {
        Judgement(neighbours.map { identities[$0] == identities[row] }, of: relevantCounts[row])
    }

    /// Of each of `askers`, which of them rise and fall together where others were spared so.
    func groups(_ spared: Spared) -> [Int] {
        switch spared {
        case .identities: askers.map { identities[$0] }
        case .series: askers.map { series?[$0] ?? $0 }
        case .photos: askers
        }
    }
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

extension Sequence where Element: Hashable {
    /// How often each element is there.
    fileprivate var counts: [Element: Int] { reduce(into: [:]) { $0[$1, default: 0] += 1 } }
}
