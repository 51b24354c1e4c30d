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
    private let typeWeights: [Float]
    private let typeBiases: [Float]

    /// Reads a file of safetensors for a network of these layers.
    init(_ file: [UInt8], for layers: FeatureLayers) throws(WeightFileError) {
        weights = try WeightFile(safetensors: file).inFloat32()
        digest = SHA256Digest(of: file)
        look = try weights.floats("look.mean", shape: [layers.look.channels])
        texture = try weights.floats("texture.mean", shape: [2 * layers.texture.channels])
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

    /// Square roots of how probable each type is: their dot product is the Bhattacharyya coefficient of two photos.
    func type(_ statistics: LayerStatistics) -> [Float] {
        let pooled = Embedding(statistics.pooled).normalized.values
        let scores = typeBiases.indices.map { type in
            zip(typeWeights[type * pooled.count..<(type + 1) * pooled.count], pooled).reduce(typeBiases[type]) {
                $0 + $1.0 * $1.1
            }
        }
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
        let tensor = try tensor(name)
        guard tensor.shape == shape else { throw .wrongShape(name, found: tensor.shape, expected: shape) }
        return stride(from: 0, to: tensor.bytes.count, by: 4).map {
            tensor.bytes.loadUnaligned(fromByteOffset: $0, as: Float.self)
        }
    }
}
