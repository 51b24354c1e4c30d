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
    static let most = 4000

    /// At most so many photos, about, are kept back.
    init(of identities: [Int], most: Int = most, _ random: inout some RandomNumberGenerator) {
        let groups = Dictionary(grouping: identities.indices) { identities[$0] }.values.sorted { $0[0] < $1[0] }
        let several = groups.filter { $0.count > 1 }
        isByIdentity = several.count >= Self.manyIdentities
        let share = min(Self.share, Double(most) / Double(max(1, identities.count)))
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

    /// Throws where nothing can be learnt, or nobody could tell what it is worth.
    func check(_ identities: [Int]) throws(TrainingProblem) {
        func counts(_ places: [Int]) -> [Int] { Dictionary(grouping: places) { identities[$0] }.values.map(\.count) }
        let learnt = counts(training)
        guard learnt.count > 1 else { throw .oneIdentity }
        guard learnt.contains(where: { $0 > 1 }) else { throw .onePhotoEach }
        guard counts(validation).count(where: { $0 > 1 }) > 1 else { throw .tooFew }
    }
}
