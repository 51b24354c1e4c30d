/// Vectors that have no codes yet: each is compared.
struct RecentVectors: Sendable {
    let dimension: Int
    private(set) var ids: [Int64] = []
    private(set) var values: [Float] = []

    init(dimension: Int) { self.dimension = dimension }

    mutating func reserveCapacity(_ count: Int) {
        ids.reserveCapacity(count)
        values.reserveCapacity(count * dimension)
    }

    mutating func append(_ id: Int64, _ vector: UnsafeBufferPointer<Float>) {
        ids.append(id)
        values += vector
    }

    mutating func remove(_ id: Int64) {
        while let row = ids.firstIndex(of: id) {
            let last = ids.count - 1
            ids.swapAt(row, last)
            for index in 0..<dimension { values[row * dimension + index] = values[last * dimension + index] }
            ids.removeLast()
            values.removeLast(dimension)
        }
    }

    func scan(
        for query: ScoredQuery, share: Share, _ found: inout NearestFound, isCandidate: (Int64) -> Bool
    ) -> SearchWork {
        let rows = share.part(of: ids.indices)
        var work = SearchWork()
        work.scanned = rows.count
        values.withUnsafeBufferPointer { values in
            for row in rows where isCandidate(ids[row]) {
                work.compared += 1
                found.insert(ids[row], score: query.score(values.baseAddress! + row * dimension))
            }
        }
        return work
    }
}
