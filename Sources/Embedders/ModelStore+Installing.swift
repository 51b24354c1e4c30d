import Hashing
import Networks
public import SystemPackage

extension ModelStore {
    /// Takes over a model's weights from the file that their publisher gives out, and returns where they lie.
    ///
    /// The file's SHA-256 must be that of the registry. The new file takes its place at once, so that
    /// no other run ever sees a part of it.
    public func install(_ model: ModelDescription, from source: FilePath) throws(EmbedderError) -> FilePath? {
        guard case .neural(_, _, let weights) = model.kind, let path = path(of: model) else { return nil }
        try Self.check(source, is: weights, of: model)
        do throws(WeightFileError) {
            let file = try WeightFile(pyTorch: source).inFloat32()
            try file.writeSafetensors(to: path)
        } catch {
            throw .weights(error)
        }
        return path
    }

    private static func check(_ source: FilePath, is weights: PublishedWeights, of model: ModelDescription)
        throws(EmbedderError)
    {
        let digest: SHA256Digest
        do {
            digest = try SHA256Digest(ofFileAt: source)
        } catch {
            throw .unreadable(source, reason: "\(error)")
        }
        guard digest.description.hasPrefix(weights.digest) else {
            throw .wrongFile(model: model.id, source, found: digest, expected: weights.digest)
        }
    }
}
