public import Embedders
public import Imaging

/// Why two photos are as alike as they are.
public struct Explanation: Sendable {
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
    public struct Match: Sendable, Hashable {
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
    /// The strongest first; none where the model gives no layer that has places.
    public let matches: [Match]
}
