/// The way of a query through an index.
struct NearestSearch {
    private let query: ScoredQuery
    private let effort: SearchEffort
    private let isCandidate: (Int64) -> Bool
    private(set) var result: Result

    /// What was found in some share of an index.
    struct Result: Sendable {
        var found: NearestFound
        var work = SearchWork()
        var isSound = true

        func merged(with other: Result) -> Result {
            var result = self
            result.found.merge(other.found)
            result.work += other.work
            result.isSound = isSound && other.isSound
            return result
        }

        func answer(_ metric: Metric, of count: Int) throws(VectorError) -> NearestAnswer {
            guard isSound else { throw .damaged }
            var work = work
            // Empty slots were scanned too.
            work.scanned = min(work.scanned, count)
            return NearestAnswer(neighbors: found.neighbors(metric), work: work)
        }
    }

    init(
        _ query: ScoredQuery, _ limit: Int, _ effort: SearchEffort, common: CommonFloor? = nil,
        _ isCandidate: @escaping (Int64) -> Bool
    ) {
        self.query = query
        self.effort = effort
        self.isCandidate = isCandidate
        result = Result(found: NearestFound(limit: limit, common: common))
    }

    mutating func run(in index: VectorIndex, share: Share) {
        guard result.found.limit > 0 else { return }
        scanRecent(in: index, share)
        for block in index.blocks {
            var scan = scan(of: block)
            let order = scan.order(effort, share)
            for slots in order.nearest + order.others { scan.scan(slots, &result.found) }
            finish(&scan)
        }
    }

    /// How many queries go through an index side by side.
    static let atOnce = 16

    /// Codes are read from memory once for all queries, which takes most of the time otherwise.
    static func run(_ searches: inout [NearestSearch], in index: VectorIndex, share: Share) {
        guard searches.count > 1, searches[0].effort.looksAtAll, searches[0].result.found.limit > 0 else {
            for query in searches.indices { searches[query].run(in: index, share: share) }
            return
        }
        for query in searches.indices { searches[query].scanRecent(in: index, share) }
        for block in index.blocks {
            var scans = searches.map { $0.scan(of: block) }
            run(
                &searches, &scans, over: share.part(of: 0..<block.block.codes.slotCount, each: VectorCodes.group), share
            )
            for query in searches.indices { searches[query].finish(&scans[query]) }
        }
    }

    /// Slots whose heads stay in a processor's cache while all queries are compared with them.
    private static let cached = 2048

    private static func run(
        _ searches: inout [NearestSearch], _ scans: inout [BlockScan], over slots: Range<Int>, _ share: Share
    ) {
        let orders = scans.map { $0.order(.exact, share) }
        for query in scans.indices {
            for nearest in orders[query].nearest { scans[query].scan(nearest, &searches[query].result.found) }
        }
        for start in stride(from: slots.lowerBound, to: slots.upperBound, by: cached) {
            let piece = start..<min(start + cached, slots.upperBound)
            for query in scans.indices {
                for range in orders[query].others where range.overlaps(piece) {
                    scans[query].scan(range.clamped(to: piece), &searches[query].result.found)
                }
            }
        }
    }

    private mutating func scanRecent(in index: VectorIndex, _ share: Share) {
        result.work += index.recent.scan(for: query, share: share, &result.found, isCandidate: isCandidate)
    }

    private func scan(of block: IndexedBlock) -> BlockScan {
        BlockScan(of: block.block, for: query, effort: effort) { [isCandidate] id, slot in
            block.holds(slot) && isCandidate(id)
        }
    }

    private mutating func finish(_ scan: inout BlockScan) {
        scan.finish(&result.found)
        result.work += scan.work
        result.isSound = result.isSound && scan.isSound
    }
}

extension SearchEffort {
    fileprivate var looksAtAll: Bool {
        switch self {
        case .exact, .likely: true
        case .partitions: false
        }
    }
}
