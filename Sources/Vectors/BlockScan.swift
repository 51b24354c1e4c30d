import CKernels

/// The way of one query through the codes of a block.
///
/// Heads rule out nearly all vectors, signs most of the others. What may still be among the nearest is compared at once if
/// it seems to be among them, and otherwise in the end, the most promising first, when more is known of how near it must be.
struct BlockScan {
    private let block: VectorBlock
    private let query: ScoredQuery
    private let encoded: EncodedQuery
    private let isCandidate: (Int64, Int) -> Bool
    private var pending: [ck_candidate] = []
    private(set) var work = SearchWork()
    /// Whether all vectors that were compared were what was written once.
    private(set) var isSound = true

    /// `isCandidate` is asked with a vector's number and slot.
    init(
        of block: VectorBlock, for query: ScoredQuery, effort: SearchEffort,
        isCandidate: @escaping (Int64, Int) -> Bool
    ) {
        self.block = block
        self.query = query
        self.isCandidate = isCandidate
        encoded = EncodedQuery(query, for: block.codes, effort: effort)
    }

    func order(_ effort: SearchEffort, _ share: Share) -> ScanOrder {
        ScanOrder(block.codes, nearestTo: encoded.principals, effort, share)
    }

    private static let chunk = 512

    mutating func scan(_ slots: Range<Int>, _ found: inout NearestFound) {
        work.scanned += slots.count
        withUnsafeTemporaryAllocation(of: ck_candidate.self, capacity: Self.chunk) { candidates in
            for start in stride(from: slots.lowerBound, to: slots.upperBound, by: Self.chunk) {
                let least = encoded.likeness(ofScore: found.least)
                let count = encoded.candidates(
                    in: start..<min(start + Self.chunk, slots.upperBound), least: least, candidates)
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
            if pending.count > Self.manyPending { refinePending(&found) }
        }
    }

    private mutating func compare(_ slot: Int, _ found: inout NearestFound) {
        guard let vector = block.vector(slot) else {
            isSound = false
            return
        }
        work.compared += 1
        found.insert(block.codes.ids[slot], score: query.score(vector))
    }

    /// To be called when all was scanned.
    mutating func finish(_ found: inout NearestFound) {
        refinePending(&found)
        for candidate in pending.sorted(by: { $0.most > $1.most }) {
            guard candidate.most >= encoded.likeness(ofScore: found.least) else { break }
            compare(Int(candidate.row), &found)
        }
        pending = []
    }

    /// So few are compared sooner than the bytes of their tails are verified.
    private static let fewPending = 4096
    private static let manyPending = 1 << 16

    /// Where signs rule out little, as for a query that is like nothing, bytes do.
    private mutating func refinePending(_ found: inout NearestFound) {
        let rest = pending.count > Self.fewPending ? refined(least: encoded.likeness(ofScore: found.least)) : pending
        pending = []
        // What even bytes cannot tell apart is compared, rather than looked at again and again.
        let comparesAll = rest.count > Self.manyPending / 2
        for candidate in rest {
            let least = encoded.likeness(ofScore: found.least)
            if candidate.likeness >= least || comparesAll && candidate.most >= least {
                compare(Int(candidate.row), &found)
            } else if candidate.most >= least {
                pending.append(candidate)
            }
        }
    }

    private mutating func refined(least: Float) -> [ck_candidate] {
        var refined: [ck_candidate] = []
        for start in stride(from: 0, to: pending.count, by: Self.fewPending) {
            var piece = Array(pending[start..<min(start + Self.fewPending, pending.count)])
            let slots = piece.map(\.row)
            isSound = block.tailsAreSound(slots) && isSound
            encoded.refine(&piece, least: least)
            refined += piece
        }
        return refined
    }
}
