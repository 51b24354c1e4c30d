/// Which photos are learnt from, and which tell whether what was learnt holds for others.
struct Division: Equatable {
    let training: [Int]
    let validation: [Int]
    /// In what the others differ from those that are learnt from.
    let spared: Spared

    /// So many identities and more can spare some.
    private static let manyIdentities = 20
    private static let share = 0.25
    /// So many of one identity can find one another, and so many are left to learn from.
    private static let fewest = 2
    /// Each asks all others: more would take longer than learning.
    static let most = 4000

    /// At most so many photos, about, are kept back.
    init(
        of identities: [Int], series: [Int]? = nil, most: Int = most, _ random: inout some RandomNumberGenerator
    ) {
        let groups = Self.groups(of: identities)
        let several = groups.filter { $0.count > 1 }
        let share = min(Self.share, Double(most) / Double(max(1, identities.count)))
        if let series {
            spared = .series
            let room = Int(share * Double(identities.count))
            validation = Self.groups(of: series).shuffled(using: &random).fitting(into: room).sorted()
        } else if several.count >= Self.manyIdentities {
            spared = .identities
            let count = Int(share * Double(several.count))
            validation = several.shuffled(using: &random).prefix(count).flatMap { $0 }.sorted()
        } else {
            spared = .photos
            validation = several.filter { $0.count >= 2 * Self.fewest }.flatMap { group in
                group.shuffled(using: &random).prefix(max(Self.fewest, Int(share * Double(group.count))))
            }.sorted()
        }
        let kept = Set(validation)
        training = identities.indices.filter { !kept.contains($0) }
    }

    /// The places of equal numbers.
    private static func groups(of numbers: [Int]) -> [[Int]] {
        Dictionary(grouping: numbers.indices) { numbers[$0] }.values.sorted { $0[0] < $1[0] }
    }

    /// Throws where nothing can be learnt, or nobody could tell what it is worth.
    func check(_ identities: [Int], series: [Int]? = nil) throws(TrainingProblem) {
        let learnt = Dictionary(grouping: training) { identities[$0] }.values.map(\.count)
        guard Set(identities).count > 1 else { throw .oneIdentity }
        guard learnt.contains(where: { $0 > 1 }) else { throw .onePhotoEach }
        let pairs = Dictionary(grouping: validation) { identities[$0] }.values.map { places in
            series.map { series in Set(places.map { series[$0] }).count } ?? places.count
        }
        guard learnt.count > 1, pairs.count(where: { $0 > 1 }) > 1 else { throw .tooFew }
    }
}

/// In what photos that are kept back differ from those that are learnt from.
public enum Spared: Sendable {
    /// They show other identities.
    case identities
    /// They are of other series.
    case series
    /// They are other photos.
    case photos
}

extension [[Int]] {
    /// One after the other, of those that there is still room for.
    fileprivate func fitting(into room: Int) -> [Int] {
        reduce(into: []) { taken, group in if taken.count + group.count <= room { taken += group } }
    }
}
