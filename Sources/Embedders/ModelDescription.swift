public import Hashing
public import Imaging
public import Networks

/// All there is to know about a model: what it computes, on which pictures, and where its weights come from.
public struct ModelDescription: Sendable, Identifiable {
    /// Lower case with hyphens, as in `efficientnet-lite0`.
    public let id: String
    /// One line for people who choose.
    public let summary: String
    /// Decides whether weights must be installed, and whether ONNX Runtime is opened at all.
    public let kind: Kind

    /// Where the numbers of an embedding come from.
    public enum Kind: Sendable {
        /// A network with weights that were trained elsewhere.
        case neural(any Network, input: InputSpec, weights: PublishedWeights)
        /// Computed by fixed rules, without weights.
        case handMade
    }

    /// What the model describes photos by when nothing else is asked for.
    public let features: Features

    /// Whether embeddings computed in bfloat16 have the same neighbours as others: at least .99 of the nearest ten were
    /// the same when it was measured with the model's own weights.
    public var keepsNeighboursInBfloat16 = false
}

/// Weights as their publisher gives them out.
public struct PublishedWeights: Sendable, Hashable {
    /// The package of the Python Package Index that carries them.
    public let package: String
    /// The name within that package; it ends in the first eight digits of `digest` and `.pth`.
    public let file: String
    /// Of the file, in bytes.
    public let size: Int
    /// Of the file; one with another digest is refused before anything in it is read as weights.
    public let digest: SHA256Digest
    /// An SPDX identifier, as in `Apache-2.0`.
    public let licence: String

    init(package: String, file: String, size: Int, sha256: String, licence: String) {
        guard let digest = SHA256Digest(hexadecimal: sha256) else { preconditionFailure("not a digest: \(sha256)") }
        self.package = package
        self.file = file
        self.size = size
        self.digest = digest
        self.licence = licence
    }
}
