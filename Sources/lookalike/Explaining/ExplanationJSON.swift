import Embedders
import Imaging
import VisualSearch

/// For programs: `{"similarity":…,"sureness":…,"views":[…],"matches":[{"left":{"left":…},"right":…,"similarity":…}]}`.
struct ExplanationJSON: Encodable {
    private struct Part: Encodable {
        let view: View
        let cosine: Double
        let weight: Double
        let contribution: Double
    }

    /// In shares of a photo's width and height.
    private struct Share: Encodable {
        let left: Double
        let top: Double
        let width: Double
        let height: Double

        init(_ share: PictureShare) {
            (left, top, width, height) = (share.left, share.top, share.width, share.height)
        }
    }

    private struct Match: Encodable {
        let left: Share
        let right: Share
        let similarity: Double
    }

    private let similarity: Double
    private let sureness: Double?
    private let types: [GarmentType]?
    private let views: [Part]
    private let matches: [Match]

    init(_ explanation: Explanation) {
        (similarity, sureness, types) = (explanation.similarity, explanation.sureness, explanation.types)
        views = explanation.parts.map {
            Part(view: $0.view, cosine: $0.cosine, weight: $0.weight, contribution: $0.contribution)
        }
        matches = explanation.matches.map {
            Match(left: Share($0.left), right: Share($0.right), similarity: $0.similarity)
        }
    }
}
