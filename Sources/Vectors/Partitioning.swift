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
        let first = (0..<count).flatMap { Self.point($0 * total / count, of: points, dimension) }
        self.init(centroids: first, dimension: dimension)
        for _ in 0..<Self.iterations {
            let nearest = await nearest(to: points)
            self.init(centroids: means(of: points, nearest, &random), dimension: dimension)
        }
    }

    private static func point(_ index: Int, of points: [Float], _ dimension: Int) -> ArraySlice<Float> {
        points[index * dimension..<(index + 1) * dimension]
    }

    /// Of the points that are nearest to each centroid; of one without any, a point at random.
    private func means(of points: [Float], _ nearest: [UInt32], _ random: inout LinearCongruence) -> [Float] {
        var (means, sizes) = ([Float](repeating: 0, count: centroids.count), [Int](repeating: 0, count: count))
        for (index, partition) in nearest.enumerated() {
            sizes[Int(partition)] += 1
            points.withUnsafeBufferPointer { points in
                means.withUnsafeMutableBufferPointer { means in
                    let mean = means.baseAddress! + Int(partition) * dimension
                    ck_add(mean, points.baseAddress! + index * dimension, 1, dimension)
                }
            }
        }
        for partition in 0..<count {
            let place = partition * dimension..<(partition + 1) * dimension
            if sizes[partition] > 0 {
                for index in place { means[index] /= Float(sizes[partition]) }
            } else {
                let index = Int.random(in: nearest.indices, using: &random)
                means.replaceSubrange(place, with: Self.point(index, of: points, dimension))
            }
        }
        return means
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
