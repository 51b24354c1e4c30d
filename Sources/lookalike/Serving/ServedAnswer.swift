import Foundation
import SystemPackage
import Vectors
import VisualSearch

/// What a server answers to a search, as far as the program tells of it.
struct ServedAnswer: Decodable {
    fileprivate struct Place: Decodable {
        let photo: String
        let path: String
        let pathBase64: Data?
    }

    fileprivate struct Result: Decodable {
        let place: Place
        let rank: Int
        let similarity: Float
        let sureness: Double?
        let identical: Bool?

        private enum CodingKeys: CodingKey { case rank, similarity, sureness, identical }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            rank = try container.decode(Int.self, forKey: .rank)
            similarity = try container.decode(Float.self, forKey: .similarity)
            sureness = try container.decodeIfPresent(Double.self, forKey: .sureness)
            identical = try container.decodeIfPresent(Bool.self, forKey: .identical)
            place = try Place(from: decoder)
        }
    }

    /// How many were searched.
    let photos: Int
    private let results: [Result]
    private let identical: [Place]
    private let looksLikeNothing: Bool
    private let rankedAgain: Int?
    private let recall: Estimate?
    private let missing: [String]?

    /// As a search here would have found it.
    var answer: SearchAnswer {
        SearchAnswer(
            results: results.compactMap(SearchResult.init), identical: identical.compactMap(PhotoPlace.init),
            recall: recall,
            looksLikeNothing: looksLikeNothing, rankedAgain: rankedAgain, missing: missing ?? [])
    }
}

extension PhotoPlace {
    fileprivate init?(_ place: ServedAnswer.Place) {
        guard let id = PhotoID(place.photo) else { return nil }
        self.init(id, at: place.pathBase64.map(FilePath.init(data:)) ?? FilePath(place.path))
    }
}

extension SearchResult {
    fileprivate init?(_ result: ServedAnswer.Result) {
        guard let place = PhotoPlace(result.place) else { return nil }
        self.init(
            rank: result.rank, place: place, similarity: result.similarity, sureness: result.sureness,
            isIdentical: result.identical ?? false)
    }
}
