/// A line on the terminal that says how far a run is; nothing at all where there is no terminal.
struct ProgressBar: Sendable {
    private static let interval = Duration.milliseconds(100)
    private static let barWidth = 24

    /// What is counted.
    enum Quantity { case photos, bytes, slots, embeddings }

    private let task: String
    private let quantity: Quantity
    /// What was done before, which says nothing about how fast this is.
    private let head: Int
    private let start = ContinuousClock.now
    private var lastDrawn: ContinuousClock.Instant?

    /// `task` is what is going on, as in “Indexing”.
    init(_ task: String, counting quantity: Quantity, from head: Int = 0) {
        (self.task, self.quantity, self.head) = (task, quantity, head)
    }

    mutating func show(_ done: Int, of total: Int) {
        guard Console.isTerminal, total > 0 else { return }
        let now = ContinuousClock.now
        if let lastDrawn, now - lastDrawn < Self.interval, done < total { return }
        lastDrawn = now
        Console.write("\r\u{1B}[K" + line(done, of: total, after: now - start).prefix(Console.width - 1))
    }

    func clear() {
        if lastDrawn != nil { Console.write("\r\u{1B}[K") }
    }

    private func line(_ done: Int, of total: Int, after elapsed: Duration) -> String {
        let filled = Self.barWidth * done / total
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: Self.barWidth - filled)
        let rate = Double(done - head) / max(elapsed.seconds, 0.001)
        let left = Int(Double(total - done) / max(rate, 0.001)).clock
        return "\(task) \(bar) \(quantity.phrase(done, of: total)) · \(quantity.phrase(rate)) · \(left) left"
    }
}

extension ProgressBar.Quantity {
    fileprivate func phrase(_ done: Int, of total: Int) -> String {
        switch self {
        case .photos, .slots, .embeddings: "\(done.grouped) of \(total.grouped)"
        case .bytes: "\(done.megabytes) of \(total.megabytes) MB"
        }
    }

    fileprivate func phrase(_ rate: Double) -> String {
        switch self {
        case .photos: "\(rate.rounded(to: 0)) photos/s"
        case .slots: "\(rate.rounded(to: 1)) slots/s"
        case .embeddings: "\(rate.rounded(to: 0)) embeddings/s"
        case .bytes: "\(Int(rate).megabytes) MB/s"
        }
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

extension Int {
    /// Bytes in millions, without the unit.
    var megabytes: String { (Double(self) / 1e6).rounded(to: 1) }

    /// Seconds as hours, minutes and seconds.
    fileprivate var clock: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (hours, minutes, seconds) = (self / 3600, self / 60 % 60, self % 60)
        return hours > 0 ? "\(hours):\(two(minutes)):\(two(seconds))" : "\(minutes):\(two(seconds))"
    }
}
