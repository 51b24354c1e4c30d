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
    private var pending: [ck_candidate] = []
    private(set) var work = SearchWork()

    /// `isCandidate` is asked with a vector's number and slot.
    init(
        of block: VectorBlock, for query: ScoredQuery, effort: SearchEffort,
        isCandidate: @escaping (Int64, Int) -> Bool
    ) {
        self.block = block
        self.query = query
        self.effort = effort
        self.isCandidate = isCandidate
        encoded = EncodedQuery(query, for: block.codes, effort: effort)
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
        withUnsafeTemporaryAllocation(of: ck_candidate.self, capacity: Self.chunk) { candidates in
            for start in stride(from: slots.lowerBound, to: slots.upperBound, by: Self.chunk) {
                let count = encoded.candidates(
                    in: start..<min(start + Self.chunk, slots.upperBound), of: block.codes,
                    least: encoded.likeness(ofScore: found.least), candidates)
                for candidate in candidates[..<count] { judge(candidate, &found) }
            }
        }
    }

    private mutating func judge(_ candidate: ck_candidate, _ found: inout NearestFound) {
        let least = encoded.likeness(ofScore: found.least)
        let slot = Int(candidate.row)
        guard candidate.most >= least, isCandidate(block.codes.ids[slot], slot) else { return }
        if candidate.likeness >= least {
            compare(slot, &found)
        } else {
            pending.append(candidate)
        }
    }

    private mutating func compare(_ slot: Int, _ found: inout NearestFound) {
        work.compared += 1
        found.insert(block.codes.ids[slot], score: query.score(block.vector(slot)))
    }

    private mutating func comparePending(_ found: inout NearestFound) {
        let least = encoded.likeness(ofScore: found.least)
        for candidate in pending.filter({ $0.most >= least }).sorted(by: { $0.most > $1.most }) {
            guard candidate.most >= encoded.likeness(ofScore: found.least) else { break }
            compare(Int(candidate.row), &found)
        }
        pending = []
    }
}
