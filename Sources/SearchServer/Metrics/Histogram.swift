/// How often something took how long.
struct Histogram {
    /// In seconds: from what a search takes to what nobody waits for.
    static let bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    private(set) var sum = 0.0
    private(set) var count = 0
    /// How many took at most as long as each bound, and longer than the one before.
    private(set) var counts = [Int](repeating: 0, count: bounds.count)

    mutating func add(_ seconds: Double) {
        sum += seconds
        count += 1
        if let place = Self.bounds.firstIndex(where: { seconds <= $0 }) { counts[place] += 1 }
    }
}
