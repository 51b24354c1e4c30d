public import Hashing
public import Imaging
public import Networks

/// All there is to know about a model: what it computes, on which pictures, and where its weights come from.
public struct ModelDescription: Sendable, Identifiable {
    /// Lower case with hyphens, as in `efficientnet-lite0`.
    public let id: String
    /// One line for people who choose.
    public let summary: String
    public let kind: Kind

    public enum Kind: Sendable {
        /// A network with weights that were trained elsewhere.
        case neural(any Network, input: InputSpec, weights: PublishedWeights)
        /// Computed by fixed rules, without weights.
        case handMade
    }

    /// What the model describes photos by when nothing else is asked for.
    public let features: Features
}

/// Weights as their publisher gives them out.
public struct PublishedWeights: Sendable, Hashable {
    /// The package of the Python Package Index that carries them, and the file in it.
    public let package: String
    public let file: String
    public let size: Int
    public let digest: SHA256Digest
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
