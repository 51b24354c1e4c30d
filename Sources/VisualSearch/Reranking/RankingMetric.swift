public import Vectors

/// What results are ordered by: how near their embeddings are, or something else that the nearest are ranked by once more.
public enum RankingMetric: String, Sendable, CaseIterable, Codable {
    case cosine, euclidean, dot
    case colourEMD = "colour-emd"
    case emd, maxsim, fusion

    /// What the nearest are found by.
    public var ofEmbeddings: Metric { Metric(rawValue: rawValue) ?? .cosine }

    /// What they are ranked by once more; `nil` for nothing. Without a share, from 0 to 1, each has the one that it is best with
    /// (`Documentation/QUALITY.md`).
    public func reranking(share: Float?) -> Reranking? {
        switch self {
        case .cosine, .euclidean, .dot: nil
        case .colourEMD: Reranking(.colours, share: share ?? 0.5)
        case .emd: Reranking(.patches, share: share ?? 0.2)
        case .maxsim: Reranking(.bestPatches, share: share ?? 0.2)
        case .fusion: Reranking(shares: [.patches: (share ?? 0.3) / 2, .colours: (share ?? 0.3) / 2])
        }
    }
}
