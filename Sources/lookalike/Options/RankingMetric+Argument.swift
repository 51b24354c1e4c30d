public import ArgumentParser
import Vectors
import VisualSearch

extension RankingMetric: ExpressibleByArgument {
    /// Also by the spellings that metrics of embeddings have.
    init?(argument: String) {
        guard let metric = Metric(argument: argument) else {
            self.init(rawValue: argument == "color-emd" ? Self.colourEMD.rawValue : argument)
            return
        }
        self.init(rawValue: metric.rawValue)
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
