/// Vectors by their numbers, and which of them are nearest to a query.
///
/// Most lie in blocks with codes; those that were added since are compared one by one.
public struct VectorIndex: Sendable {
    /// The numbers in each vector and each query.
    public let dimension: Int
    private(set) var blocks: [IndexedBlock] = []
    private(set) var recent: RecentVectors

    /// Begins without vectors.
    public init(dimension: Int) {
        self.dimension = dimension
        recent = RecentVectors(dimension: dimension)
    }

    /// How many vectors there are.
    public var count: Int { recent.ids.count + blocks.reduce(0) { $0 + $1.count } }

    /// Makes room for so many vectors that will be inserted.
    public mutating func reserveCapacity(_ count: Int) { recent.reserveCapacity(count) }

    /// Adds a vector. Of two with one number both are found.
    public mutating func insert(_ id: Int64, _ embedding: Embedding) throws(VectorError) {
        try check(embedding)
        embedding.values.withUnsafeBufferPointer { recent.append(id, $0) }
    }

    /// Adds 32-bit floats that lie anywhere in memory.
    public mutating func insert(_ id: Int64, _ bytes: UnsafeRawBufferPointer) throws(VectorError) {
        try insert(
            id,
            Embedding(
                [Float](unsafeUninitializedCapacity: bytes.count / 4) { values, count in
                    UnsafeMutableRawBufferPointer(values).copyMemory(from: bytes)
                    count = bytes.count / 4
                }))
    }

    /// Adds vectors that do not change any more. Those that were taken out since are left out.
    package mutating func insert(_ block: VectorBlock, without removed: [Int64] = []) {
        precondition(block.codes.quantizer.dimension == dimension)
        var block = IndexedBlock(block)
        for id in removed { block.remove(id) }
        blocks.append(block)
    }

    /// Takes out the vectors with a number, if there are any.
    public mutating func remove(_ id: Int64) {
        recent.remove(id)
        for index in blocks.indices { blocks[index].remove(id) }
    }

    /// Gives codes to the vectors that have none yet, in one block of so many partitions, on all processors.
    public mutating func encode(partitions: Int = 1) async {
        let recent = recent
        guard !recent.ids.isEmpty else { return }
        insert(await VectorBlock(recent.source, partitions: partitions))
        self.recent = RecentVectors(dimension: dimension)
    }

    func check(_ embedding: Embedding) throws(VectorError) {
        guard embedding.dimension == dimension else {
            throw .otherDimension(embedding.dimension, expected: dimension)
        }
        guard embedding.isComparable else { throw .outOfRange }
    }
}

extension RecentVectors {
    var source: VectorSource { VectorSource(ids: ids, rows: Numbers(values), dimension: dimension) }
}

// How much there is to do.
extension VectorIndex {
    /// How many vectors have no codes.
    package var recentCount: Int { recent.ids.count }

    /// The bytes that an exact search reads at least: of each vector its head and what is known of it, or all of it where
    /// it has no codes.
    package var bytesToScan: Int {
        blocks.reduce(recent.ids.count * dimension * 4) {
            $0 + $1.block.codes.slotCount * ($1.block.codes.headCount + 10)
        }
    }
}

// What is written anew.
extension VectorIndex {
    /// All vectors that there are. Throws where one on disk is damaged.
    package var source: VectorSource {
        get throws(VectorError) {
            let recent = recent.source
            var (ids, vectors) = (recent.ids, recent.ids.indices.map(recent.vector))
            for block in blocks {
                for slot in block.block.codes.order.buffer.lazy.map({ Int($0) }) where block.holds(slot) {
                    guard let vector = block.block.vector(slot) else { throw .damaged }
                    ids.append(block.block.codes.ids[slot])
                    vectors.append(vector)
                }
            }
            return VectorSource(dimension: dimension, ids: ids, vectors: vectors, keptBy: (recent, self))
        }
    }
}

// What recall is tuned with.
extension VectorIndex {
    /// Of the block that has most.
    var partitionCount: Int { blocks.map { $0.block.codes.partitioning.count }.max() ?? 1 }

    /// Vectors from everywhere in the blocks, with their numbers.
    func sample(_ limit: Int) -> [(id: Int64, vector: Embedding)] {
        let total = blocks.reduce(0) { $0 + $1.block.codes.order.count }
        return blocks.flatMap { block in
            block.sample((limit * block.block.codes.order.count + total - 1) / max(1, total))
        }
    }
}

extension IndexedBlock {
    fileprivate func sample(_ limit: Int) -> [(id: Int64, vector: Embedding)] {
        let (order, ids) = (block.codes.order, block.codes.ids)
        let count = min(limit, order.count)
        return (0..<count).compactMap { part in
            let slot = Int(order[part * order.count / count])
            guard holds(slot), let vector = block.vector(slot) else { return nil }
            let values = UnsafeBufferPointer(start: vector, count: block.codes.quantizer.dimension)
            return (ids[slot], Embedding(Array(values)))
        }
    }
}
