public import Embedders
public import Imaging

/// Why two photos are as alike as they are.
///
/// For programs it is `{"similarity":…,"sureness":…,"views":[…],"matches":[{"left":{"left":…},"right":…,"similarity":…}]}`.
public struct Explanation: Sendable, Encodable {
    /// How alike one view of the photos is.
    public struct Part: Sendable, Hashable {
        /// What is compared.
        public let view: View
        /// Of all views that count, which together count 1.
        public let weight: Double
        /// From -1 to 1.
        public let cosine: Double

        /// What of the similarity comes from this view.
        public var contribution: Double { weight * cosine }
    }

    /// A part of the left photo and one of the right that the network sees the same in.
    public struct Match: Sendable, Hashable, Encodable {
        /// Where it is in the left photo.
        public let left: PictureShare
        /// Where it is in the right photo.
        public let right: PictureShare
        /// From -1 to 1.
        public let similarity: Double
    }

    /// What a search would say: the sum of what the parts contribute.
    public let similarity: Double
    /// In the order of the views, those that count.
    public let parts: [Part]
    /// How probable it is that both are of one type; `nil` where the model does not know.
    public let sureness: Double?
    /// Which types the photos most probably show, left and right; `nil` where the model does not know.
    public let types: [GarmentType]?
    /// First those that most of the likeness comes from; none where the model gives no layer that has places.
    public let matches: [Match]

    private enum CodingKeys: String, CodingKey {
        case similarity, sureness, types, matches
        case parts = "views"
    }
}

extension Explanation.Part: Encodable {
    private enum CodingKeys: CodingKey { case view, meaning, cosine, weight, contribution }

    /// With what it means and what it adds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(view, forKey: .view)
        try container.encode(view.meaning, forKey: .meaning)
        try container.encode(cosine, forKey: .cosine)
        try container.encode(weight, forKey: .weight)
        try container.encode(contribution, forKey: .contribution)
    }
}
