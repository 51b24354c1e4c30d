import Catalogue
import Embedders
import Evaluation
import Imaging
import SystemPackage
import Training
import Vectors

/// What is learnt from, one a row: photos of some folders that have a label, each content once, since copies would teach that copies are
/// alike; and behind them altered ones, where there are any.
struct LabelledPhotos: Sendable {
    /// A photo, or what one became.
    struct Row: Sendable {
        let path: FilePath
        /// The number of what is in the file.
        let content: Int64
        let label: String
        /// What photos have in common that were taken together; `nil` where nobody says so.
        var series: String?
        /// `nil` for the photo as it is.
        var alteration: Alteration?
    }

    private(set) var rows: [Row] = []
    private var numbers: [Float] = []
    private let dimension: Int
    /// Contents of which no copy has a label.
    private(set) var unlabelledCount = 0

    /// `label` says what the photo at a path shows, and `series` with which it was taken, if anybody knows.
    init(
        in folders: [PhotoFolder], of engine: SearchEngine, label: (FilePath) -> String?,
        series: (FilePath) -> String? = { _ in nil }
    ) async throws {
        dimension = engine.choice.dimension
        var (pages, seen) = (
            EmbeddedPages(of: folders, in: engine.catalogue, space: engine.space, limit: 1024), Set<Int64>()
        )
        var unlabelled: Set<Int64> = []
        while let page = try await pages.next() {
            for (photo, embedding) in page {
                guard let label = label(photo.path) else {
                    unlabelled.insert(photo.content)
                    continue
                }
                if seen.insert(photo.content).inserted {
                    add(
                        Row(path: photo.path, content: photo.content, label: label, series: series(photo.path)),
                        embedding)
                }
            }
        }
        unlabelledCount = unlabelled.subtracting(seen).count
    }

    mutating func add(_ row: Row, _ embedding: Embedding) {
        rows.append(row)
        numbers += embedding.values
    }

    /// Without those that are altered.
    var photoCount: Int { rows.firstIndex { $0.alteration != nil } ?? rows.count }

    /// How many photos are in some rows, and how many labels these have.
    func count(of places: [Int]) -> (photos: Int, labels: Int) {
        (places.count { rows[$0].alteration == nil }, Set(places.map { rows[$0].label }).count)
    }

    /// One number a row, the same for the same label.
    var identities: [Int] { rows.map(\.label).numbered }

    /// The same for series; photos of which nobody says so are one each. `nil` where nobody says so of any.
    var series: [Int]? {
        guard rows.contains(where: { $0.series != nil }) else { return nil }
        return rows.map { $0.series.map { "of " + $0 } ?? $0.path.string }.numbered
    }

    /// Of length one, once: what they are made of is many megabytes, and forgotten then.
    mutating func takeVectors(scaledBy scale: [Float]) -> LabelledVectors {
        defer { numbers = [] }
        return LabelledVectors(
            VectorAdapter(scale: scale, whitening: nil, residual: nil).applied(toRows: numbers), dimension: dimension,
            identities: identities, series: series)
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
        TrainingSample.Photo(path: rows[place].path, label: rows[place].label)
    }
}

extension [String] {
    /// The same number for equal texts.
    fileprivate var numbered: [Int] {
        let numbers = Dictionary(zip(self, 0...)) { first, _ in first }
        return map { numbers[$0] ?? 0 }
    }
}
