/// Which shard holds the embeddings of which contents: those of one slot lie together, and all slots are about as full.
struct SlotMap: Sendable, Hashable {
    static let slotCount = 1024
    /// Contents that come one after another are in slots far from each other (by the golden section), and so on all shards.
    private static let stride = 633
    /// A row's slot by its column `content`.
    static let slot = "content * \(stride) % \(slotCount)"

    /// The numbers of the shards, by slot.
    private var shards: [Int32]

    /// Each shard has as many slots as the others, or one more.
    init(evenly shards: [Int32]) {
        self.shards = (0..<Self.slotCount).map { shards[$0 * shards.count / Self.slotCount] }
    }

    /// As it was kept; `nil` where a slot is nobody's.
    init?(_ slots: [Int32: [Int]]) {
        var found = [Int32?](repeating: nil, count: Self.slotCount)
        for (shard, slots) in slots { for slot in slots where found.indices.contains(slot) { found[slot] = shard } }
        shards = found.compactMap { $0 }
        guard shards.count == Self.slotCount else { return nil }
    }

    static func slot(of content: Int64) -> Int { Int(content.magnitude &* UInt64(stride) % UInt64(slotCount)) }

    subscript(slot: Int) -> Int32 {
        get { shards[slot] }
        set { shards[slot] = newValue }
    }

    /// In their order.
    func slots(of shard: Int32) -> [Int] { shards.indices.filter { shards[$0] == shard } }

    /// Contents by the shards that hold their embeddings.
    func split(_ contents: [Int64]) -> [Int32: [Int64]] {
        Dictionary(grouping: contents) { shards[Self.slot(of: $0)] }
    }

    /// What has to move so that each of some shards has as many slots as the others, or one more, and no other shard has any: as
    /// little as can be.
    func moves(toBalance others: [Int32]) -> [SlotMove] {
        var held = Dictionary(uniqueKeysWithValues: others.map { ($0, slots(of: $0)) })
        var homeless = shards.indices.filter { held[shards[$0]] == nil }
        // Whoever has the most keeps the one more.
        let fullest = others.sorted { (held[$0]!.count, $1) > (held[$1]!.count, $0) }
        let (share, rest) = Self.slotCount.quotientAndRemainder(dividingBy: others.count)
        for (place, shard) in fullest.enumerated() {
            let surplus = held[shard]!.count - share - (place < rest ? 1 : 0)
            homeless += held[shard]!.suffix(max(0, surplus))
            held[shard]!.removeLast(max(0, surplus))
        }
        var moves: [SlotMove] = []
        for (place, shard) in fullest.enumerated() {
            let missing = share + (place < rest ? 1 : 0) - held[shard]!.count
            moves += homeless.suffix(missing).map { SlotMove(slot: $0, from: shards[$0], to: shard) }
            homeless.removeLast(missing)
        }
        return moves.sorted { $0.slot < $1.slot }
    }
}

/// A slot that another shard is to hold.
struct SlotMove: Sendable, Hashable {
    let slot: Int
    let from: Int32
    let to: Int32
}

extension [Int] {
    /// Slots in their order, as a condition on a table's column `content`.
    var slotCondition: String {
        let ranges = reduce(into: [ClosedRange<Int>]()) { ranges, slot in
            if let last = ranges.last, last.upperBound + 1 == slot {
                ranges[ranges.count - 1] = last.lowerBound...slot
            } else {
                ranges.append(slot...slot)
            }
        }
        let conditions = ranges.map { "\(SlotMap.slot) BETWEEN \($0.lowerBound) AND \($0.upperBound)" }
        return conditions.isEmpty ? "false" : "(\(conditions.joined(separator: " OR ")))"
    }
}
