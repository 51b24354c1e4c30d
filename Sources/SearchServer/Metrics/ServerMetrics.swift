import Synchronization
import VisualSearch

/// What a server did since it was started.
final class ServerMetrics: Sendable {
    /// Requests that are told apart.
    struct Kind: Hashable, Comparable {
        let method: String
        /// As the routes have it, so that photos are not told apart.
        let route: String
        let status: Int

        static func < (left: Kind, right: Kind) -> Bool {
            (left.route, left.method, left.status) < (right.route, right.method, right.status)
        }
    }

    struct Counts {
        var requests: [Kind: Int] = [:]
        var durations: [String: Histogram] = [:]
        var stages: [Stage: Histogram] = [:]
        var underWay = 0
        var refused = 0
    }

    private let state = Mutex(Counts())

    var counts: Counts { state.withLock { $0 } }

    func begin() { state.withLock { $0.underWay += 1 } }

    func end(_ kind: Kind, after duration: Duration) {
        state.withLock { state in
            state.underWay -= 1
            state.requests[kind, default: 0] += 1
            state.durations[kind.route, default: Histogram()].add(duration.seconds)
        }
    }

    /// What an answer took time for.
    func add(_ clock: StageClock) {
        state.withLock { state in
            for stage in Stage.allCases {
                if let time = clock[stage] { state.stages[stage, default: Histogram()].add(time.seconds) }
            }
        }
    }

    func refuse() { state.withLock { $0.refused += 1 } }
}
