import CKernels

/// Points that vectors are sorted by: a vector belongs to the nearest one.
struct Partitioning: Sendable {
    /// In rows of `dimension` numbers.
    let centroids: [Float]
    let dimension: Int
    private let halfSquares: [Float]
    var count: Int { halfSquares.count }

    init(centroids: [Float], dimension: Int) {
        self.centroids = centroids
        self.dimension = dimension
        halfSquares = (0..<centroids.count / dimension).map { row in
            centroids[row * dimension..<(row + 1) * dimension].reduce(0) { $0 + $1 * $1 } / 2
        }
    }

    /// One partition of everything.
    static func whole(dimension: Int) -> Partitioning {
        Partitioning(centroids: [Float](repeating: 0, count: dimension), dimension: dimension)
    }

    /// By k-means (Lloyd 1982) on points in rows, of which there should be some dozens for each partition.
    init(_ count: Int, of points: [Float], dimension: Int) async {
        let total = points.count / dimension
        var random = LinearCongruence(seed: UInt64(count))
        func point(_ index: Int) -> ArraySlice<Float> { points[index * dimension..<(index + 1) * dimension] }
        self.init(centroids: (0..<count).flatMap { point($0 * total / count) }, dimension: dimension)
        for _ in 0..<Self.iterations {
            let nearest = await self.nearest(to: points)
            var (sums, sizes) = ([Float](repeating: 0, count: count * dimension), [Float](repeating: 0, count: count))
            for (index, partition) in nearest.enumerated() {
                sizes[Int(partition)] += 1
                let (sum, start) = (Int(partition) * dimension, index * dimension)
                for number in 0..<dimension { sums[sum + number] += points[start + number] }
            }
            for partition in 0..<count {
                let place = partition * dimension..<(partition + 1) * dimension
                if sizes[partition] > 0 {
                    for index in place { sums[index] /= sizes[partition] }
                } else {
                    sums.replaceSubrange(place, with: point(Int.random(in: 0..<total, using: &random)))
                }
            }
            self.init(centroids: sums, dimension: dimension)
        }
    }

    private static let iterations = 8
    private static let chunk = 512

    /// The partition of each of some points in rows.
    func nearest(to points: [Float]) async -> [UInt32] {
        let total = points.count / dimension
        return await (0..<(total + Self.chunk - 1) / Self.chunk).concurrentMap { part in
            let rows = part * Self.chunk..<min(total, (part + 1) * Self.chunk)
            return self.nearest(to: points[rows.lowerBound * self.dimension..<rows.upperBound * self.dimension])
        }.flatMap { $0 }
    }

    func nearest(to points: ArraySlice<Float>) -> [UInt32] {
        let total = points.count / dimension
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: total * count) { products in
            points.withUnsafeBufferPointer {
                VectorLoops.best.matrix($0.baseAddress!, total, centroids, count, dimension, products.baseAddress!)
            }
            return (0..<total).map { row in
                UInt32(VectorLoops.best.greatest(products.baseAddress! + row * count, halfSquares, count))
            }
        }
    }

    /// The partitions nearest to a point, nearest first.
    func nearest(_ limit: Int, to point: [Float]) -> [Int] {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { products in
            VectorLoops.best.matrix(point, 1, centroids, count, dimension, products.baseAddress!)
            var found = NearestFound(limit: limit)
            halfSquares.withUnsafeBufferPointer { halfSquares in
                for partition in 0..<count {
                    found.insert(Int64(partition), score: Double(products[partition] - halfSquares[partition]))
                }
            }
            return found.sorted.map { Int($0.id) }
        }
    }
}
