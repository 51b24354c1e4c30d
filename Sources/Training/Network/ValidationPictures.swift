import Imaging
import Inference
import Networks
import Vectors

/// Photos that are not learnt from, as a network is shown them to tell what it has learnt.
struct ValidationPictures: Sendable {
    /// Of those that can be read.
    let rows: [Int]
    private let identities: [Int]
    private let series: [Int]?
    private let pictures: [PixelImage]
    private let recipe: NetworkRecipe

    init(of rows: [Int], in photos: some TrainingPhotos, series: [Int]?, for recipe: NetworkRecipe) async {
        let found = await rows.indices.concurrentMap { photos.picture(of: rows[$0], for: recipe.input) }
        let legible = rows.indices.filter { found[$0] != nil }
        self.rows = legible.map { rows[$0] }
        identities = self.rows.map { photos.identities[$0] }
        self.series = series.map { series in legible.map { series[rows[$0]] } }
        pictures = found.compactMap(\.self)
        self.recipe = recipe
    }

    /// Bytes of memory.
    var memory: Int { pictures.reduce(0) { $0 + $1.pixels.count } }

    /// What a network with these weights describes them by; `nil` where that is no numbers.
    func vectors(_ weights: WeightFile, libraries: InferenceLibraries, settings: SessionSettings) throws
        -> LabelledVectors?
    {
        let numbers = try run(.pooled, pictures, weights, libraries: libraries, settings: settings)
        guard numbers.allSatisfy(\.isFinite), let dimension = recipe.network.dimensions[.pooled] else { return nil }
        return LabelledVectors(
            numbers.rowsOfLengthOne(dimension: dimension), dimension: dimension, identities: identities,
            series: series)
    }

    /// What a network with these weights paints of the first of them, beside what it was shown; none where it does not paint.
    func paintings(
        _ count: Int, _ weights: WeightFile, seed: UInt64, libraries: InferenceLibraries, settings: SessionSettings
    ) throws -> [Painting] {
        guard case .paint(let hidesPart) = recipe.lesson else { return [] }
        var random = LinearCongruence(seed: seed)
        let places = (0..<min(count, pictures.count)).map { $0 * pictures.count / min(count, pictures.count) }
        let seen = places.map { hidesPart ? Hole.covered(pictures[$0], &random) : pictures[$0] }
        let numbers = try run(.picture, seen, weights, libraries: libraries, settings: settings)
        let size = recipe.input.valueCount
        return places.indices.map { place in
            let painted = PixelImage(planes: numbers[place * size..<(place + 1) * size], side: recipe.input.side)
            return Painting(row: rows[places[place]], seen: seen[place], painted: painted)
        }
    }

    private func run(
        _ features: Features, _ pictures: [PixelImage], _ weights: WeightFile, libraries: InferenceLibraries,
        settings: SessionSettings
    ) throws -> [Float] {
        let graph = try recipe.network.graph(of: features, weights: weights)
        let session = try libraries.session(of: graph, on: .onnxruntime, settings: settings)
        var numbers: [Float] = []
        for start in stride(from: 0, to: pictures.count, by: session.batchSize) {
            let batch = Array(pictures[start..<min(pictures.count, start + session.batchSize)])
            numbers += try session.withMemory(for: batch.count * recipe.input.valueCount) {
                (values) throws(InferenceError) in
                recipe.input.write(batch, to: values)
                return try session.run(values, shape: [batch.count] + recipe.input.shape)
            }
        }
        return numbers
    }
}
