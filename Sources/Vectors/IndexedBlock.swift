/// A block, and which of its vectors were taken out since.
struct IndexedBlock: Sendable {
    let block: VectorBlock
    private var removed: Set<Int> = []

    init(_ block: VectorBlock) { self.block = block }

    var count: Int { block.codes.order.count - removed.count }

    mutating func remove(_ id: Int64) { removed.formUnion(block.codes.slots(of: id)) }

    func holds(_ slot: Int) -> Bool { removed.isEmpty || !removed.contains(slot) }
}
