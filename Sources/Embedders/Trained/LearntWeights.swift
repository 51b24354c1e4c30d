import Hashing
public import Imaging
public import Networks
public import SystemPackage

/// Weights that a network of this machine's user has learnt.
public struct LearntWeights: Sendable, Hashable {
    /// Where they lie.
    public let path: FilePath
    let digest: SHA256Digest

    /// Throws where the file is not what was written.
    func check(of model: String) throws(EmbedderError) {
        guard (try? SHA256Digest(ofFileAt: path)) == digest else {
            throw .unreadable(path, reason: "it is damaged. Train \(model) again")
        }
    }
}

/// Where a network's weights come from.
public enum NetworkWeights: Sendable, Hashable {
    /// Somebody gives them out.
    case published(PublishedWeights)
    /// They were learnt on this machine.
    case learnt(LearntWeights)

    /// Names the numbers.
    var mark: Substring {
        switch self {
        case .published(let weights): weights.digest.prefix(8)
        case .learnt(let weights): weights.digest.description.prefix(16)
        }
    }
}

extension ModelDescription {
    /// A model with weights of its own. Throws where it began with a model that there is none of.
    init?(_ name: String, from origin: TrainingOrigin, weights: LearntWeights) throws(EmbedderError) {
        switch origin {
        case .embeddings: return nil
        case .network(let base, let framing):
            guard case .neural(let network, let input, _) = try ModelRegistry.model(named: base).kind else {
                throw .hasNoNetwork(base)
            }
            // What its classes were it has forgotten.
            self.init(
                id: name, summary: "\(base), trained by you",
                kind: .neural(
                    Backbone(of: network), input: framing.map(input.framed(by:)) ?? input, weights: .learnt(weights)))
        case .painter(let network, let framing):
            self.init(
                id: name, summary: "a network that paints, trained by you",
                kind: .neural(network, input: network.input(framing), weights: .learnt(weights)))
        }
    }
}

extension UNet {
    /// Photos as numbers from -1 to 1.
    public func input(_ framing: Framing) -> InputSpec {
        InputSpec(
            side: inputSide, framing: framing, filter: .triangle, mean: [127.5, 127.5, 127.5],
            scale: [127.5, 127.5, 127.5])
    }
}
