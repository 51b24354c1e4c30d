/// Which photos are learnt from, and which tell whether what was learnt holds for others.
struct Division: Equatable {
    let training: [Int]
    let validation: [Int]
    /// Whether the others show other identities: where there are many of them; else they are other photos of the same.
    let isByIdentity: Bool

    /// So many identities and more can spare some.
    private static let manyIdentities = 20
    private static let share = 0.25
    /// So many of one identity can find one another, and so many are left to learn from.
    private static let fewest = 2
    /// Each asks all others: more would take longer than learning.
    private static let most = 4000

    init(of identities: [Int], _ random: inout some RandomNumberGenerator) {
        let groups = Dictionary(grouping: identities.indices) { identities[$0] }.values.sorted { $0[0] < $1[0] }
        let several = groups.filter { $0.count > 1 }
        isByIdentity = several.count >= Self.manyIdentities
        let share = min(Self.share, Double(Self.most) / Double(max(1, identities.count)))
        if isByIdentity {
            let spared = several.shuffled(using: &random).prefix(Int(share * Double(several.count)))
            validation = spared.flatMap { $0 }.sorted()
        } else {
            validation = several.filter { $0.count >= 2 * Self.fewest }.flatMap { group in
                group.shuffled(using: &random).prefix(max(Self.fewest, Int(share * Double(group.count))))
            }.sorted()
        }
        let spared = Set(validation)
        training = identities.indices.filter { !spared.contains($0) }
    }
}
