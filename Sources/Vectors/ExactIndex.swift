import HeapModule

/// Embeddings in rows, each of which is compared with the query: no neighbour is ever missed.
public struct ExactIndex: Sendable {
    /// The numbers in each row and each query; an embedding with another count traps.
    public let dimension: Int
    /// Cannot change, since rows are prepared for it as they are appended.
    public let metric: Metric
    /// Rows so far; they are numbered from 0 in the order in which they were appended.
    public private(set) var count = 0
    private var values: [Float] = []

    /// Begins without rows; each will take four bytes for every number.
    public init(dimension: Int, metric: Metric) {
        self.dimension = dimension
        self.metric = metric
    }

    /// Adds rows that follow one another in memory. Traps unless they are whole.
    public mutating func append(rows: [Float]) {
        precondition(rows.count.isMultiple(of: dimension))
        let start = values.count
        if values.isEmpty { values = rows } else { values += rows }
        values.withUnsafeMutableBufferPointer { values in
            for row in stride(from: start, to: values.count, by: dimension) {
                metric.prepare(UnsafeMutableBufferPointer(rebasing: values[row..<row + dimension]))
            }
        }
        count += rows.count / dimension
    }

    /// Adds the next row. Traps for an embedding of another dimension.
    public mutating func append(_ embedding: Embedding) {
        precondition(embedding.dimension == dimension)
        append(rows: embedding.values)
    }

    /// The nearest rows, nearest first, leaving out those for which `isCandidate` is false.
    public func nearest(_ limit: Int, to query: Embedding, where isCandidate: (Int) -> Bool = { _ in true })
        -> [Neighbor]
    {
        precondition(query.dimension == dimension)
        guard limit > 0, count > 0 else { return [] }
        var kept = Heap<Neighbor>()
        var query = query.values
        query.withUnsafeMutableBufferPointer { metric.prepare($0) }
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
