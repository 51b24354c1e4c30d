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
        /// A network of the user's own.
        case foreign(ForeignNetwork)
        /// Computed by fixed rules, without weights.
        case handMade
    }

    /// Whether embeddings computed in bfloat16 have the same neighbours as others: at least .99 of the nearest ten were
    /// the same when it was measured with the model's own weights.
    public var keepsNeighboursInBfloat16 = false

    /// What the model can describe photos by; the first is taken when nothing else is asked for.
    public var features: [Features] {
        switch kind {
        case .neural(let network, _, _): network.features
        case .foreign, .handMade: [.pooled]
        }
    }

    /// How many numbers describe a photo; `nil` for features that the model does not have.
    func dimension(of features: Features) -> Int? {
        switch kind {
        case .neural(let network, _, _): network.dimensions[features]
        case .foreign(let network): features == .pooled ? network.dimension : nil
        case .handMade: features == .pooled ? ColourLayoutEmbedder.dimension : nil
        }
    }
}

/// Weights as their publisher gives them out.
public struct PublishedWeights: Sendable, Hashable {
    /// Where a publisher puts a file of weights.
    public enum Source: Sendable, Hashable {
        /// In a package of the Python Package Index.
        case package(String)
        /// At an address that ends in the file’s name.
        case url(String)
    }

    /// Nothing here fetches it: `ModelStore` installs a file that was fetched from there.
    public let source: Source
    /// The name without folders; it ends in the first eight digits of `digest` and `.pth`.
    public let file: String
    /// Of the file, in bytes; torchvision rounds it to thousandths of a mebibyte.
    public let size: Int
    /// The hexadecimal digits of the file’s SHA-256 that its publisher tells: all 64, or the eight in its name. A file
    /// with others is refused before anything in it is read as weights.
    public let digest: String
    /// An SPDX identifier, as in `Apache-2.0`.
    public let licence: String

    init(package: String, file: String, size: Int, sha256: String, licence: String) {
        precondition(sha256.count == 64 && sha256.allSatisfy(\.isHexDigit), "not a digest: \(sha256)")
        source = .package(package)
        (self.file, self.size, digest, self.licence) = (file, size, sha256, licence)
    }

    /// For a file that is named as torchvision names them: `resnet18-f37072fd.pth`.
    init(url: String, size: Int, licence: String) {
        let file = url.split(separator: "/").last ?? ""
        let digits = file.dropLast(".pth".count).suffix(8)
        precondition(digits.count == 8 && digits.allSatisfy(\.isHexDigit), "no digest in the name: \(url)")
        source = .url(url)
        (self.file, self.size, digest, self.licence) = (String(file), size, String(digits), licence)
    }
}
