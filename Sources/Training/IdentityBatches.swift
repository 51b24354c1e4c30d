/// Batches in which identities meet themselves: of each as many photos as a batch of all of them would have room for, and at least
/// some.
struct IdentityBatches {
    private let groups: [[Int]]
    private let size: Int
    private let perIdentity: Int
    private var order: ArraySlice<Int> = []

    /// Of rows whose identity has several, so many at a time; traps where there is none such.
    init(of identities: [Int], size: Int) {
        groups = Dictionary(grouping: identities.indices) { identities[$0] }.values.filter { $0.count > 1 }
            .sorted { $0[0] < $1[0] }
        precondition(!groups.isEmpty, "no identity has two photos")
        self.size = size
        perIdentity = max(4, size / groups.count)
    }

    /// How many batches it takes until each photo was in one, about.
    var count: Int { max(1, groups.reduce(0) { $0 + $1.count } / size) }

    mutating func next(_ random: inout some RandomNumberGenerator) -> [Int] {
        var batch: [Int] = []
        while batch.count < size {
            if order.isEmpty { order = groups.indices.shuffled(using: &random)[...] }
            guard let group = order.popFirst() else { break }
            batch += groups[group].shuffled(using: &random).prefix(min(perIdentity, size - batch.count))
        }
        return batch
    }
}

extension Sequence<Int> {
    /// Those rows whose identity others of them have too: the others teach nothing of what is alike.
    func withOthersAlike(_ identity: (Int) -> Int) -> [Int] {
        let counts = Dictionary(grouping: self, by: identity).mapValues(\.count)
        return filter { counts[identity($0), default: 0] > 1 }
    }
}
