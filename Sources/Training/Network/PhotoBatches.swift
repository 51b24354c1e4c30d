import Imaging
import Networks
import Vectors

/// Photos in the batches in which a network meets them, decoded and altered.
struct PhotoBatches<Photos: TrainingPhotos>: Sendable {
    private let photos: Photos
    private let recipe: NetworkRecipe
    /// Those that are learnt from.
    let rows: [Int]
    private let seed: UInt64
    /// How many photos are in each.
    let size: Int
    /// How many there are until each photo was in one, about.
    let count: Int

    init(of rows: [Int], in photos: Photos, for recipe: NetworkRecipe, seed: UInt64) {
        (self.photos, self.recipe, self.seed) = (photos, recipe, seed)
        self.rows =
            switch recipe.lesson {
            case .tellApart: rows.withOthersAlike { photos.identities[$0] }
            case .paint: rows.filter { $0 < photos.photoCount }
            }
        size = min(recipe.batch, self.rows.count)
        count = max(1, self.rows.count / max(1, size))
    }

    /// The rows of all batches of one time over all photos.
    func plan(of epoch: Int) -> [[Int]] {
        var random = LinearCongruence(seed: seed, epoch)
        switch recipe.lesson {
        case .tellApart:
            var batches = IdentityBatches(of: rows.map { photos.identities[$0] }, size: size)
            return (0..<count).map { _ in batches.next(&random).map { rows[$0] } }
        case .paint:
            let shuffled = rows.shuffled(using: &random)
            return (0..<count).map { Array(shuffled[$0 * size..<($0 + 1) * size]) }
        }
    }

    /// What a step is given, always the same of the same step. Others of the batch stand in for photos that cannot be read; `nil` where
    /// none can.
    func tensors(of batch: [Int], step: Int) async -> [WeightFile.Tensor]? {
        let found = await batch.indices.concurrentMap { place in
            var random = LinearCongruence(seed: seed, step, place)
            let picture = photos.picture(of: batch[place], altered: Alteration(using: &random), for: recipe.input)
            return picture.map { (picture: $0, identity: photos.identities[batch[place]]) }
        }
        let legible = found.compactMap(\.self)
        guard !legible.isEmpty else { return nil }
        let whole = found.enumerated().map { $1 ?? legible[$0 % legible.count] }
        var random = LinearCongruence(seed: seed, step, batch.count)
        return recipe.lesson.tensors(
            of: whole.map(\.picture), identities: whole.map(\.identity), input: recipe.input, &random)
    }
}

extension LinearCongruence {
    /// For one purpose among several.
    fileprivate init(seed: UInt64, _ numbers: Int...) {
        self.init(seed: seed)
        for number in numbers { self = LinearCongruence(seed: next() ^ UInt64(number)) }
    }
}
