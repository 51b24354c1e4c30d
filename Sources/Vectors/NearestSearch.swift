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

    init(_ query: ScoredQuery, _ limit: Int, _ effort: SearchEffort, _ isCandidate: @escaping (Int64) -> Bool) {
        self.query = query
        self.effort = effort
        self.isCandidate = isCandidate
        result = Result(found: NearestFound(limit: limit))
    }

    mutating func run(in index: VectorIndex, share: Share) {
        guard result.found.limit > 0 else { return }
        scanRecent(in: index, share)
        for block in index.blocks {
            var scan = scan(of: block)
            for slots in scan.ranges(effort, share: share) { scan.scan(slots, &result.found) }
            finish(&scan)
        }
    }

    /// How many queries go through an index side by side.
    static let atOnce = 16
    /// Slots whose heads stay in a processor's cache while all queries are compared with them.
    private static let cached = 2048

    /// Codes are read from memory once for all queries, which takes most of the time otherwise.
    static func run(_ searches: inout [NearestSearch], in index: VectorIndex, share: Share) {
        guard searches.count > 1, searches[0].effort.looksAtAll, searches[0].result.found.limit > 0 else {
            for query in searches.indices { searches[query].run(in: index, share: share) }
            return
        }
        for query in searches.indices { searches[query].scanRecent(in: index, share) }
        for block in index.blocks {
            var scans = searches.map { $0.scan(of: block) }
            let ranges = scans.map { $0.ranges(.exact, share: share) }
            for query in searches.indices where ranges[query].count > 1 {
                scans[query].scan(ranges[query][0], &searches[query].result.found)
            }
            let all = ranges[0].map(\.lowerBound).min()!..<ranges[0].map(\.upperBound).max()!
            for start in stride(from: all.lowerBound, to: all.upperBound, by: cached) {
                let slots = start..<min(start + cached, all.upperBound)
                for query in searches.indices {
                    for range in ranges[query].suffix(2) where range.overlaps(slots) {
                        scans[query].scan(range.clamped(to: slots), &searches[query].result.found)
                    }
                }
            }
            for query in searches.indices { searches[query].finish(&scans[query]) }
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
