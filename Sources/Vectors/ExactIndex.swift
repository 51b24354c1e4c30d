import HeapModule

/// Embeddings in rows, each of which is compared with the query: no neighbour is ever missed.
public struct ExactIndex: Sendable {
    public let dimension: Int
    public let metric: Metric
    public private(set) var count = 0
    private var values: [Float] = []

    public init(dimension: Int, metric: Metric) {
        self.dimension = dimension
        self.metric = metric
    }

    public mutating func reserveCapacity(_ rows: Int) {
        values.reserveCapacity(rows * dimension)
    }

    /// Adds the next row. Traps for an embedding of another dimension.
    public mutating func append(_ embedding: Embedding) {
        precondition(embedding.dimension == dimension)
        values += metric.prepared(embedding).values
        count += 1
    }

    /// The nearest rows, nearest first, leaving out those for which `isCandidate` is false.
    public func nearest(_ limit: Int, to query: Embedding, where isCandidate: (Int) -> Bool = { _ in true })
        -> [Neighbor]
    {
        precondition(query.dimension == dimension)
        guard limit > 0, count > 0 else { return [] }
        var kept = Heap<Neighbor>()
        let query = metric.prepared(query).values
        query.withUnsafeBufferPointer { query in
            values.withUnsafeBufferPointer { values in
                for row in 0..<count where isCandidate(row) {
                    let similarity = metric.similarity(query, values.baseAddress! + row * dimension)
                    kept.keep(Neighbor(row: row, similarity: similarity), limit: limit)
                }
            }
        }
        return kept.unordered.sorted()
    }
}

extension Heap<Neighbor> {
    /// Keeps the least `limit` elements.
    fileprivate mutating func keep(_ neighbor: Neighbor, limit: Int) {
        if count < limit {
            insert(neighbor)
        } else if let farthest = max, neighbor < farthest {
            replaceMax(with: neighbor)
        }
    }
}
