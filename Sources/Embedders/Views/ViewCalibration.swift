import Hashing
import Networks
import Vectors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What views of one network are calibrated with: what photos of garments have in common, and what tells their types apart.
///
/// Learnt by `Scripts/train-views.py`, and of no use with other weights than it was learnt with.
struct ViewCalibration: Sendable {
    /// Names the file that it was read from.
    let digest: SHA256Digest
    let weights: WeightFile
    let look: [Float]
    private let texture: [Float]
    private let patternMean: [Float]
    private let patternDirections: [Float]
    let patchMean: [Float]
    let patchDirections: [Float]
    private let typeWeights: [Float]
    private let typeBiases: [Float]

    /// Reads a file of safetensors for a network of these layers.
    init(_ file: [UInt8], for layers: FeatureLayers) throws(WeightFileError) {
        weights = try WeightFile(safetensors: file).inFloat32()
        digest = SHA256Digest(of: file)
        look = try weights.floats("look.mean", shape: [layers.look.channels])
        texture = try weights.floats("texture.mean", shape: [2 * layers.texture.channels])
        let channels = layers.pattern.reduce(0, +)
        patternMean = try weights.floats("pattern.mean", shape: [channels])
        patternDirections = try weights.scaledIntegers(
            "pattern.directions", shape: [Self.patternDimension, channels])
        patchMean = try weights.floats("patch.mean", shape: [layers.look.channels])
        patchDirections = try weights.scaledIntegers(
            "patch.directions", shape: [Self.patchDimension, layers.look.channels])
        typeWeights = try weights.floats("type.weight", shape: [GarmentType.allCases.count, layers.pooled])
        typeBiases = try weights.floats("type.bias", shape: [GarmentType.allCases.count])
    }

    /// What is left without what is common to all garments’ photos, of length one.
    func look(_ statistics: LayerStatistics) -> [Float] {
        Self.difference(Embedding(statistics.look).normalized, from: look)
    }

    /// The means of channels and their deviations count equally; what is common to all is left out here, too.
    func texture(_ statistics: LayerStatistics) -> [Float] {
        let (means, deviations) = (Embedding(statistics.texture.means), Embedding(statistics.texture.deviations))
        return Self.difference(
            Embedding(means.normalized.values + deviations.normalized.values).normalized, from: texture)
    }

    static let patternDimension = 128

    /// Each layer counts equally; of what is not common to all photos, the directions in which garments differ most.
    func pattern(_ statistics: LayerStatistics) -> [Float] {
        let values = statistics.pattern.flatMap { Embedding($0).normalized.values }
        let differences = zip(values, patternMean).map { $0 - $1 }
        return Embedding(differences.products(withRows: patternDirections)).normalized.values
    }

    /// Square roots of how probable each type is: their dot product is the Bhattacharyya coefficient of two photos.
    func type(_ statistics: LayerStatistics) -> [Float] {
        let pooled = Embedding(statistics.pooled).normalized.values
        let scores = zip(pooled.products(withRows: typeWeights), typeBiases).map { $0 + $1 }
        return Self.probabilities(of: scores).map { Float($0.squareRoot()) }
    }

    private static func probabilities(of scores: [Float]) -> [Double] {
        let most = scores.max() ?? 0
        let odds = scores.map { exp(Double($0 - most)) }
        let total = odds.reduce(0, +)
        return odds.map { $0 / total }
    }

    private static func difference(_ embedding: Embedding, from mean: [Float]) -> [Float] {
        Embedding(zip(embedding.values, mean).map { $0 - $1 }).normalized.values
    }
}

extension WeightFile {
    func floats(_ name: String, shape: [Int]) throws(WeightFileError) -> [Float] {
        try tensor(name, .float32, shape: shape).floats
    }

    /// Rows of signed bytes, each with the number that its bytes are to be multiplied by in `name.scales`.
    fileprivate func scaledIntegers(_ name: String, shape: [Int]) throws(WeightFileError) -> [Float] {
        let scales = try floats("\(name).scales", shape: [shape[0]])
        let integers = try tensor(name, .int8, shape: shape).integers
        return integers.indices.map { Float(integers[$0]) * scales[$0 / shape[1]] }
    }
}
