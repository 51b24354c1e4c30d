import CKernels

/// The way of one query through the codes of a block.
///
/// Heads rule out nearly all vectors, signs most of the others. What may still be among the nearest is compared at once if
/// it seems to be among them, and otherwise in the end, the most promising first, when more is known of how near it must be.
struct BlockScan {
    private let block: VectorBlock
    private let query: ScoredQuery
    private let encoded: EncodedQuery
    private let effort: SearchEffort
    private let isCandidate: (Int64, Int) -> Bool
    private let limits: Limits
    private var pending: [Pending] = []
    private(set) var work = SearchWork()

    private struct Pending {
        let slot: Int
        /// At most.
        let likeness: Float
    }

    /// `isCandidate` is asked with a vector's number and slot.
    init(
        of block: VectorBlock, for query: ScoredQuery, effort: SearchEffort,
        isCandidate: @escaping (Int64, Int) -> Bool
    ) {
        self.block = block
        self.query = query
        self.effort = effort
        self.isCandidate = isCandidate
        encoded = EncodedQuery(query, by: block.codes.quantizer)
        limits = Limits(query, encoded, block.codes)
    }

    mutating func run(_ found: inout NearestFound) {
        let partitioning = block.codes.partitioning
        switch effort {
        case .partitions(let count) where count < partitioning.count:
            for partition in partitioning.nearest(count, to: encoded.principals) { scan(partition, &found) }
        default:
            // The nearest partition first, so that it is soon known how near the others must be.
            let first = partitioning.count > 1 ? partitioning.nearest(1, to: encoded.principals)[0] : 0
            scan(slots(of: first), &found)
            scan(0..<slots(of: first).lowerBound, &found)
            scan(slots(of: first).upperBound..<block.codes.slotCount, &found)
        }
        comparePending(&found)
    }

    private func slots(of partition: Int) -> Range<Int> {
        Int(block.codes.starts[partition])..<Int(block.codes.starts[partition + 1])
    }

    private mutating func scan(_ partition: Int, _ found: inout NearestFound) {
        scan(slots(of: partition), &found)
    }

    private static let chunk = 512

    private mutating func scan(_ slots: Range<Int>, _ found: inout NearestFound) {
        work.scanned += slots.count
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Self.chunk) { rows in
            withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.chunk) { sums in
                for start in stride(from: slots.lowerBound, to: slots.upperBound, by: Self.chunk) {
                    let chunk = start..<min(start + Self.chunk, slots.upperBound)
                    let count = limits.within(chunk, least: limits.likeness(ofScore: found.least), rows, sums)
                    for row in rows[..<count] { judge(start + Int(row), sum: sums[Int(row)], &found) }
                }
            }
        }
    }

    private mutating func judge(_ slot: Int, sum: Int32, _ found: inout NearestFound) {
        guard isCandidate(block.codes.ids[slot], slot) else { return }
        let estimate = limits.estimate(slot, sum: sum, effort)
        let least = limits.likeness(ofScore: found.least)
        if estimate.likeness >= least {
            compare(slot, &found)
        } else if estimate.most >= least {
            pending.append(Pending(slot: slot, likeness: estimate.most))
        }
    }

    private mutating func compare(_ slot: Int, _ found: inout NearestFound) {
        work.compared += 1
        found.insert(block.codes.ids[slot], score: query.score(block.vector(slot)))
    }

    private mutating func comparePending(_ found: inout NearestFound) {
        let least = limits.likeness(ofScore: found.least)
        let promising = pending.filter { $0.likeness >= least }.sorted { $0.likeness > $1.likeness }
        for candidate in promising {
            guard candidate.likeness >= limits.likeness(ofScore: found.least) else { break }
            compare(candidate.slot, &found)
        }
        pending = []
    }
}
