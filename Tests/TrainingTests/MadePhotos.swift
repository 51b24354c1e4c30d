import Imaging
import Vectors

@testable import Networks
@testable import Training

/// Small pictures, made of numbers: stripes, of which those of one identity have the same colour beside any other one.
struct MadePhotos: TrainingPhotos {
    let identities: [Int]
    let photoCount: Int
    /// Rows that cannot be read.
    var illegible: Set<Int> = []

    init(identities count: Int, each: Int) {
        identities = (0..<count * each).map { $0 % count }
        photoCount = count * each
    }

    /// So many photos without labels, each with altered ones behind them.
    init(unlabelled count: Int, altered: Int) {
        identities = Array(0..<count) + (0..<count * altered).map { $0 / altered }
        photoCount = count
    }

    func picture(of row: Int, for input: InputSpec) -> PixelImage? {
        illegible.contains(row) ? nil : input.frame(photo(row))
    }

    func picture(of row: Int, altered alteration: Alteration, for input: InputSpec) -> PixelImage? {
        illegible.contains(row) ? nil : alteration.picture(of: photo(row), for: input)
    }

    private func photo(_ row: Int) -> PixelImage {
        var random = LinearCongruence(seed: UInt64(row))
        let own: [[UInt8]] = [[200, 40, 40], [40, 180, 60], [40, 60, 200], [180, 180, 40]]
        let colours = [own[identities[row] % 4], (0..<3).map { _ in UInt8.random(in: 30...220, using: &random) }]
        let (way, shift) = (Int.random(in: 0..<4, using: &random), Int.random(in: 0..<8, using: &random))
        let pixels = (0..<24 * 24).flatMap { pixel in
            let (x, y) = (pixel % 24, pixel / 24)
            let along = [x, y, x + y, x - y + 24][way]
            return colours[(along + shift) / 4 % 2]
        }
        return PixelImage(width: 24, height: 24, pixels: pixels)
    }

    /// What a model says of them that knows nothing.
    var known: LabelledVectors {
        var random = LinearCongruence(seed: 5)
        let numbers = identities.flatMap { _ in (0..<8).map { _ in Float.random(in: -1...1, using: &random) } }
        return LabelledVectors(numbers.rowsOfLengthOne(dimension: 8), dimension: 8, identities: identities)
    }
}

/// Two convolutions, the last of which can be learnt anew.
struct TinyNetwork: Network {
    let inputSide = 16
    let dimensions: [Features: Int] = [.pooled: 8]
    let lastStages = ["last"]

    func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
    {
        let stem = NormalizedConvolution("stem.conv", "stem.bn")
        let map = graph.relu(try graph.convolution(FeatureMap(photos, channels: 3), stem, to: 8, kernel: 3))
        let last = NormalizedConvolution("last.conv", "last.bn")
        return graph.globalAverage(graph.relu(try graph.convolution(map, last, to: 8, kernel: 3, stride: 2))).value
    }

    static let input = InputSpec(
        side: 16, framing: .squash, filter: .triangle, mean: [127, 127, 127], scale: [128, 128, 128])

    static func recipe() throws -> NetworkRecipe {
        var random = LinearCongruence(seed: 3)
        return .fineTuning(
            TinyNetwork(), input: input,
            weights: WeightFile(drawnFor: try TinyNetwork().outline(of: .pooled), &random))
    }
}
