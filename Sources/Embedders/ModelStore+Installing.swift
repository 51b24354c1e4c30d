import Hashing
import Networks
public import SystemPackage

extension ModelStore {
    /// Takes over a model's weights from the file that their publisher gives out, and returns where they lie.
    ///
    /// The file's SHA-256 must be that of the registry. The new file takes its place at once, so that
    /// no other run ever sees a part of it.
    public func install(_ model: ModelDescription, from source: FilePath) throws(EmbedderError) -> FilePath? {
        guard case .neural(_, _, .published(let weights)) = model.kind, let path = path(of: model) else { return nil }
        try Self.check(source, is: weights, of: model)
        do throws(WeightFileError) {
            try weights.read(from: source).inFloat32().writeSafetensors(to: path)
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

extension PublishedWeights {
    /// The tensors of the published file under the names that the network gives them.
    fileprivate func read(from path: FilePath) throws(WeightFileError) -> WeightFile {
        let file =
            switch format {
            case .pyTorch: try WeightFile(pyTorch: path)
            case .onnx: try WeightFile(onnx: path)
            }
        return try names.map { (names) throws(WeightFileError) in try file.renamed(names.name(of:)) } ?? file
    }
}
