import Catalogue
import Vectors

/// When vectors that came one by one are written into a segment, and with which segments together.
///
/// A segment takes over those that are not larger than what is written anyway, so that a vector is written a few times
/// only and there are few segments (O'Neil et al. 1996, the log-structured merge-tree).
struct FoldingPolicy: Sendable {
    /// Fewer vectors are compared one by one as fast as codes are looked through.
    var leastRecent = 4096
    /// A segment of which a larger share was removed is written anew.
    var mostRemoved = 0.2

    static let usual = FoldingPolicy()
    /// Everything into one segment, without what was removed.
    static let compacting = FoldingPolicy(leastRecent: 1, mostRemoved: 0)

    /// What to write: how many vectors, and which segments they come from.
    struct Plan {
        var count: Int
        var segments: Set<Int> = []
    }

    /// `nil` where everything may stay as it is.
    func plan(for index: VectorIndex, _ segments: [IndexSegment]) -> Plan? {
        let counts = index.blockCounts
        let worn = segments.indices.filter { Double(counts[$0]) < Double(segments[$0].rows) * (1 - mostRemoved) }
        guard index.recentCount >= leastRecent || !worn.isEmpty || isCompacting && segments.count > 1 else {
            return nil
        }
        var plan = Plan(count: index.recentCount)
        for segment in segments.indices.sorted(by: { counts[$0] < counts[$1] })
        where worn.contains(segment) || counts[segment] <= 2 * plan.count || isCompacting {
            plan.segments.insert(segment)
            plan.count += counts[segment]
        }
        return plan
    }

    private var isCompacting: Bool { mostRemoved == 0 }
}
