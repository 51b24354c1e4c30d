/// Which photos are learnt from, and which tell whether what was learnt holds for others.
struct Division: Equatable {
    let training: [Int]
    let validation: [Int]
    /// In what the others differ from those that are learnt from.
    let spared: Spared

    /// So many identities and more can spare some; and so many where each has few photos, which can spare none.
    private static let (many, manySmall, small) = (32, 20, 8)
    private static let share = 0.25
    /// So many groups that rise and fall together have to ask, at least, that chance can be told from gain.
    private static let fewestGroups = 6
    /// So many of one identity can find one another, and so many are left to learn from.
    private static let fewest = 2
    /// Each asks all others: more would take longer than learning.
    static let most = 4000

    /// At most so many photos, about, are kept back; of identities and series that are kept back and have more, the others are left out.
    init(
        of identities: [Int], series: [Int]? = nil, most: Int = most, _ random: inout some RandomNumberGenerator
    ) {
        let several = Self.groups(of: identities).filter { $0.count > 1 }
        let room = min(most, Int(Self.share * Double(identities.count)))
        let kept: [[Int]]
        if let series {
            let groups = Self.groups(of: series)
            (spared, kept) = (.series, Self.spared(of: groups, atMost: groups.count / 2, &random))
        } else if Self.canSpare(several) {
            (spared, kept) = (.identities, Self.spared(of: several, atMost: several.count, &random))
        } else {
            let photos = several.filter { $0.count >= 2 * Self.fewest }.map { group in
                group.shuffled(using: &random).prefix(max(Self.fewest, group.count * room / max(1, identities.count)))
            }
            (spared, kept) = (.photos, photos.map(Array.init))
        }
        let atMost = max(Self.fewest, room / max(1, kept.count))
        validation = spared == .photos ? kept.joined().sorted() : kept.capped(atMost, room, &random).sorted()
        let without = Set(kept.joined())
        training = identities.indices.filter { !without.contains($0) }
    }

    private static func canSpare(_ several: [[Int]]) -> Bool {
        let photos = several.reduce(0) { $0 + $1.count }
        return several.count >= many || several.count >= manySmall && photos < small * several.count
    }

    private static func spared(of groups: [[Int]], atMost: Int, _ random: inout some RandomNumberGenerator) -> [[Int]] {
        let count = max(Int(share * Double(groups.count)), min(fewestGroups, atMost))
        return Array(groups.shuffled(using: &random).prefix(count))
    }

    /// The places of equal numbers.
    private static func groups(of numbers: [Int]) -> [[Int]] {
        Dictionary(grouping: numbers.indices) { numbers[$0] }.values.sorted { $0[0] < $1[0] }
    }

    /// Throws where nothing can be learnt, or nobody could tell what it is worth.
    func check(_ identities: [Int], series: [Int]? = nil) throws(TrainingProblem) {
        guard Set(identities).count > 1 else { throw .oneIdentity }
        guard Set(identities).count < identities.count else { throw .onePhotoEach }
        let learnt = Dictionary(grouping: training) { identities[$0] }.values.count { $0.count > 1 }
        let pairs = Dictionary(grouping: validation) { identities[$0] }.values.map { places in
            series.map { series in Set(places.map { series[$0] }).count } ?? places.count
        }
        guard learnt > 1, pairs.count(where: { $0 > 1 }) > 1 else { throw series == nil ? .tooFew : .fewSeries }
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
    /// All, where there is room for them, about. Else of each so many at most; where some have fewer, others may have more.
    fileprivate func capped(_ each: Int, _ room: Int, _ random: inout some RandomNumberGenerator) -> [Int] {
        guard reduce(0, { $0 + $1.count }) > room + room / 2 else { return flatMap { $0 } }
        let all = map { $0.shuffled(using: &random) }
        let spare = room - all.reduce(0) { $0 + Swift.min(each, $1.count) }
        let hungry = all.count { $0.count > each }
        let more = hungry > 0 ? Swift.max(0, spare) / hungry : 0
        return all.flatMap { $0.prefix(each + more) }
    }
}
