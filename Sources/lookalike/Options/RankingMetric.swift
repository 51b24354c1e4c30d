import ArgumentParser
import Vectors
import VisualSearch

/// What results are ordered by.
enum RankingMetric: String, ExpressibleByArgument, CaseIterable {
    case cosine, euclidean, dot
    case colourEMD = "colour-emd"
    case emd, maxsim, fusion

    init?(argument: String) {
        guard let metric = Metric(argument: argument) else {
            self.init(rawValue: argument == "color-emd" ? Self.colourEMD.rawValue : argument)
            return
        }
        self.init(rawValue: metric.rawValue)
    }

    /// What the nearest are found by.
    var ofEmbeddings: Metric { Metric(rawValue: rawValue) ?? .cosine }

    /// What they are ranked by once more; `nil` for nothing. Without a share, each has the one that it is best with
    /// (`Documentation/QUALITY.md`).
    func reranking(share: Float?) -> Reranking? {
        switch self {
        case .cosine, .euclidean, .dot: nil
        case .colourEMD: Reranking(.colours, share: share ?? 0.5)
        case .emd: Reranking(.patches, share: share ?? 0.2)
        case .maxsim: Reranking(.bestPatches, share: share ?? 0.2)
        case .fusion: Reranking(shares: [.patches: (share ?? 0.3) / 2, .colours: (share ?? 0.3) / 2])
        }
    }
}

extension Reranking {
    /// What photos are ranked by, for people.
    var words: String {
        Measure.allCases.filter { shares[$0] != nil }.map(\.words).joined(separator: " and ")
    }
}

extension Reranking.Measure {
    fileprivate var words: String {
        switch self {
        case .colours: "their colours"
        case .patches: "what is in their places"
        case .bestPatches: "their most similar places"
        }
    }
}
