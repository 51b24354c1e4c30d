import Catalogue
import Embedders
import Evaluation
import SystemPackage
import Training
import Vectors

/// Photos of some folders that have a label, each content once: copies would teach that copies are alike.
struct LabelledPhotos {
    private var paths: [FilePath] = []
    private var labels: [String] = []
    private var numbers: [Float] = []
    private let dimension: Int
    /// Contents of which no copy has a label.
    private(set) var unlabelledCount = 0

    init(_ source: PhotoLabels, in folders: [PhotoFolder], of engine: SearchEngine) async throws {
        dimension = engine.choice.dimension
        var (pages, seen) = (
            EmbeddedPages(of: folders, in: engine.catalogue, space: engine.space, limit: 1024), Set<Int64>()
        )
        var unlabelled: Set<Int64> = []
        while let page = try await pages.next() {
            for (photo, embedding) in page {
                guard let label = source.label(of: photo.path) else {
                    unlabelled.insert(photo.content)
                    continue
                }
                if seen.insert(photo.content).inserted { add(photo.path, embedding, label) }
            }
        }
        unlabelledCount = unlabelled.subtracting(seen).count
    }

    private mutating func add(_ path: FilePath, _ embedding: Embedding, _ label: String) {
        paths.append(path)
        labels.append(label)
        numbers += embedding.values
    }

    var count: Int { labels.count }

    /// The photos in all other places that share a label with another there, and their labels.
    func learntFrom(without places: [Int]) -> (photos: Int, labels: Int) {
        let spared = Set(places)
        let groups = Dictionary(grouping: labels.indices.filter { !spared.contains($0) }) { labels[$0] }.values
            .filter { $0.count > 1 }
        return (groups.reduce(0) { $0 + $1.count }, groups.count)
    }

    /// Of length one, in the order of the photos.
    func vectors(scaledBy scale: [Float]) -> LabelledVectors {
        let identities = Dictionary(zip(labels, 0...)) { first, _ in first }
        return LabelledVectors(
            VectorAdapter(scale: scale, whitening: nil, residual: nil).applied(toRows: numbers), dimension: dimension,
            identities: labels.map { identities[$0] ?? 0 })
    }

    // MARK: What became of some

    private static let (gains, losses, shown) = (8, 4, 6)

    /// Those whose answers gained most, and those whose lost most, of photos in these places.
    func samples(of places: [Int], _ before: LabelledVectors, _ after: LabelledVectors) -> [TrainingSample] {
        let found = zip(before.neighbours(Measure.depth), after.neighbours(Measure.depth)).map { ($0, $1) }
        let changes = before.askers.map { row in
            (row: row, gain: gain(of: row, found[row], before))
        }.sorted { ($1.gain, $0.row) < ($0.gain, $1.row) }
        let chosen =
            changes.prefix(Self.gains).filter { $0.gain > 0 } + changes.suffix(Self.losses).filter { $0.gain < 0 }
        return chosen.map { row, _ in
            TrainingSample(
                query: photo(places[row]), before: found[row].0.prefix(Self.shown).map { photo(places[$0]) },
                after: found[row].1.prefix(Self.shown).map { photo(places[$0]) })
        }
    }

    private func gain(of row: Int, _ found: ([Int], [Int]), _ vectors: LabelledVectors) -> Double {
        let values = [found.0, found.1].map {
            vectors.judgement(of: row, finding: $0).averagePrecision(within: Measure.depth)
        }
        return values[1] - values[0]
    }

    private func photo(_ place: Int) -> TrainingSample.Photo {
        TrainingSample.Photo(path: paths[place], label: labels[place])
    }
}
