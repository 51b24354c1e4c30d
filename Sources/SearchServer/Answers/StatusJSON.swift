import Embedders
import VisualSearch

/// How the server is: contract `Status`.
struct StatusJSON: Encodable {
    struct Queue: Encodable {
        let running: Int
        let waiting: Int
        let limit: Int
    }

    struct Limits: Encodable {
        let uploadBytes: Int
        let megapixels: Int
        let results: Int
    }

    struct Colour: Encodable {
        let name: String
        let value: String
    }

    let version: String
    let uptime: Double
    let catalogue: String
    let photos: Int
    let model: String
    let canExplain: Bool
    let types: [String]
    let colours: [Colour]
    let metrics: [RankingMetric]
    let matches: [Match]
    let refresh: RefreshState
    let queue: Queue
    let limits: Limits
}

/// The models: contract `Models`.
struct ModelsJSON: Encodable {
    struct Searchable: Encodable {
        let model: String
        let photos: Int
    }

    private enum CodingKeys: CodingKey { case inUse, searchable }

    let inUse: String
    let searchable: [Searchable]
    let listing: ModelListing

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(inUse, forKey: .inUse)
        try container.encode(searchable, forKey: .searchable)
        try listing.encode(to: encoder)
    }
}
