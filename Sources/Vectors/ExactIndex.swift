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

    /// Makes room for so many rows in all, which saves copying those there are while more are added.
    public mutating func reserveCapacity(_ rows: Int) {
        values.reserveCapacity(rows * dimension)
    }

    /// Adds the next row. Traps for an embedding of another dimension.
    public mutating func append(_ embedding: Embedding) {
        embedding.values.withUnsafeBytes { append($0) }
    }

    /// Adds the next row as 32-bit floats that lie anywhere in memory. Traps unless there are `dimension` of them.
    public mutating func append(_ row: UnsafeRawBufferPointer) {
        precondition(row.count == dimension * MemoryLayout<Float>.size)
        let start = values.count
        values.append(contentsOf: repeatElement(0, count: dimension))
        values.withUnsafeMutableBufferPointer { values in
            let added = UnsafeMutableBufferPointer(rebasing: values[start...])
            UnsafeMutableRawBufferPointer(added).copyMemory(from: row)
            metric.prepare(added)
        }
        count += 1
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
