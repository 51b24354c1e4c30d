public import Imaging

/// What a user says of a network of theirs: how photos are made its input, and which of its numbers describe them.
///
/// Read from a JSON file beside the network, or given by options; what nobody says is taken from the network itself, or
/// guessed.
public struct ModelCard: Sendable, Hashable, Codable {
    /// Which of a network's numbers describe a photo, where it has more than one row of them.
    public enum Pooling: String, Sendable, Hashable, Codable, CaseIterable {
        /// All there are.
        case none
        /// The first token's, as in vision transformers with a class token.
        case first
        /// The mean of all tokens, or of all places of a feature map.
        case mean
    }

    /// The side of the square that the network takes, in pixels.
    public var size: Int?
    /// How photos become square.
    public var framing: Framing?
    /// How long a photo's short side is made before the middle is cut out; not less than `size`.
    public var resize: Int?
    /// `triangle` is what others call bilinear, `cubic` bicubic.
    public var filter: ResamplingFilter?
    /// Of each channel, where white is `range`.
    public var mean: [Float]?
    /// What the channels are divided by once the mean is taken away, where white is `range`.
    public var scale: [Float]?
    /// What white is before mean and scale: 1, or 255 for networks that take grey levels.
    public var range: Float?
    /// Which channel comes first.
    public var order: InputSpec.ChannelOrder?
    /// The name of the output that describes photos.
    public var output: String?
    /// Which of that output's numbers are taken.
    public var pooling: Pooling?
    /// How many numbers describe a photo; needed where the network does not say.
    public var dimension: Int?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case size, framing, resize, filter, mean, scale, range, order, output, pooling, dimension
    }

    /// Says nothing.
    public init() {}

    /// This card, and where it says nothing, another.
    func completed(by other: ModelCard) -> ModelCard {
        var card = self
        card.size = size ?? other.size
        card.framing = framing ?? other.framing
        card.resize = resize ?? other.resize
        card.filter = filter ?? other.filter
        card.mean = mean ?? other.mean
        card.scale = scale ?? other.scale
        card.range = range ?? other.range
        card.order = order ?? other.order
        card.output = output ?? other.output
        card.pooling = pooling ?? other.pooling
        card.dimension = dimension ?? other.dimension
        return card
    }
}
