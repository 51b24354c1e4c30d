import Vectors
import VisualSearch

/// What a search found: contract `Answer`.
struct AnswerJSON: Encodable {
    struct Term: Encodable {
        let photo: String
        let weight: Double
        let region: [Double]?
        let known: Bool
    }

    struct Query: Encodable { let terms: [Term] }

    let query: Query
    let looksLikeNothing: Bool
    let results: [ResultJSON]
    let identical: [PlaceJSON]
    let rankedAgain: Int?
    let exact: Bool
    let recall: Estimate?
    let missing: [String]?
    let photos: Int
    let model: String
    let metric: RankingMetric
    let match: Match
    let took: [String: Double]
}

/// Contract `Result`.
struct ResultJSON: Encodable {
    private enum CodingKeys: CodingKey { case rank, similarity, sureness, identical, alike }

    private let result: SearchResult

    init(_ result: SearchResult) { self.result = result }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(result.rank, forKey: .rank)
        try container.encode(result.similarity, forKey: .similarity)
        try container.encodeIfPresent(result.sureness, forKey: .sureness)
        if result.isIdentical { try container.encode(true, forKey: .identical) }
        if !result.alike.isEmpty { try container.encode(result.alike.map(AlikeJSON.init), forKey: .alike) }
        try PlaceJSON(result.id, at: result.path).encode(to: encoder)
    }
}

/// One that is nearly the same as a result.
private struct AlikeJSON: Encodable {
    private enum CodingKeys: CodingKey { case similarity }

    let result: SearchResult

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(result.similarity, forKey: .similarity)
        try PlaceJSON(result.id, at: result.path).encode(to: encoder)
    }
}

extension Double {
    /// No more digits than mean something.
    func rounded(to digits: Int) -> Double {
        let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
        return (self * scale).rounded() / scale
    }
}

extension Duration {
    /// For people and programs that compare such.
    var milliseconds: Double {
        (Double(components.seconds) * 1e3 + Double(components.attoseconds) * 1e-15).rounded(to: 3)
    }

    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
