/// When vectors that came one by one are written into a segment, and with which segments together.
///
/// A segment takes over those that are not much larger than what is written anyway, so that a vector is written a few times
/// only and there are few segments (O'Neil et al. 1996, the log-structured merge-tree).
struct FoldingPolicy: Sendable {
    /// Fewer vectors are compared one by one as fast as codes are looked through.
    var leastRecent = 4096
    /// A segment of which a larger share was removed is written anew.
    var mostRemoved = 0.2
    /// From more segments than this one is made, those not counted that are as large as memory allows.
    var mostSegments = 8
    /// The bytes of vectors that are read from the catalogue at once.
    var mostRead = 128 << 20
    /// The bytes of codes that are held in memory at once.
    var mostEncoded = 512 << 20

    static let usual = FoldingPolicy()
    /// Everything into as few segments as can be, without what was removed.
    static let compacting = FoldingPolicy(leastRecent: 1, mostRemoved: 0)

    /// What to write next.
    struct Plan: Hashable {
        /// How many vectors there are, about.
        var count: Int
        /// How many of these come from the catalogue at most.
        let recent: Int
        /// The names of the segments that are taken over.
        var segments: Set<String> = []
        /// Whether the segments are all that there is.
        var isWhole = false
    }

    /// `nil` where everything may stay as it is.
    func plan(for standing: IndexStanding, dimension: Int) -> Plan? {
        let atOnce = max(leastRecent, mostRead / (4 * dimension))
        let worn = Set(standing.segments.filter { isWorn($0, standing) }.map(\.name))
        let pieces = standing.segments.filter { isCompacting || standing.rows(in: $0) <= mostRows(dimension) / 2 }
        let isPiecemeal =
            pieces.count + (isCompacting && standing.recent > 0 ? 1 : 0) > (isCompacting ? 1 : mostSegments)
        guard standing.recent >= leastRecent || !worn.isEmpty || isPiecemeal else { return nil }
        var plan = Plan(count: min(standing.recent, atOnce), recent: atOnce)
        // The last part takes over those before it.
        guard standing.recent <= atOnce else { return plan }
        for segment in standing.segments.sorted(by: { standing.rows(in: $0) < standing.rows(in: $1) }) {
            let rows = standing.rows(in: segment)
            let isDue =
                worn.contains(segment.name) || isPiecemeal && pieces.contains(segment) || rows <= 2 * plan.count
            guard isDue, plan.segments.isEmpty || plan.count + rows <= mostRows(dimension) else { continue }
            plan.segments.insert(segment.name)
            plan.count += rows
        }
        plan.isWhole = standing.recent == 0 && plan.segments.count == standing.segments.count
        return plan.changesNothing(of: standing, worn) ? nil : plan
    }

    private var isCompacting: Bool { mostRemoved == 0 }

    private func isWorn(_ segment: IndexSegment, _ standing: IndexStanding) -> Bool {
        Double(standing.removed[segment.name, default: 0]) > Double(segment.rows) * mostRemoved
    }

    private func mostRows(_ dimension: Int) -> Int { mostEncoded / (dimension * 5 / 4 + 32) }
}

extension FoldingPolicy.Plan {
    /// One segment, of which nothing was removed, and nothing with it.
    fileprivate func changesNothing(of standing: IndexStanding, _ worn: Set<String>) -> Bool {
        standing.recent == 0 && segments.count <= 1 && worn.isDisjoint(with: segments)
    }
}

extension IndexStanding {
    fileprivate func rows(in segment: IndexSegment) -> Int { segment.rows - removed[segment.name, default: 0] }
}
