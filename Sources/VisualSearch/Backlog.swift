import Catalogue

/// How much is left for all machines that share the work on a catalogue, asked for now and then.
struct Backlog {
    private static let interval = Duration.seconds(2)
    /// Counting a long list takes the server a while, of which this is no more than a twentieth.
    private static let leisure = 20

    private let list: WorkList?
    private var due = ContinuousClock.now

    /// Nothing is told of where one machine does all.
    init(of list: WorkList?) { self.list = list }

    /// What is left, or nothing where that was told a moment ago, or cannot be told now: no run ends for want of it.
    mutating func events() async -> [IndexingEvent] {
        guard let list, case let start = ContinuousClock.now, start >= due else { return [] }
        let standing = try? await list.standing()
        let elapsed = start.duration(to: .now)
        due = .now + max(Self.interval, elapsed * Self.leisure)
        return standing.map { [.remaining($0.left)] } ?? []
    }
}
