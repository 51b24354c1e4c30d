/// Layers of one network that tell different things of a photo, and how a graph gives them: one row a photo, `texture`, `look`
/// and `pooled` one after the other.
public struct FeatureLayers: Sendable, Hashable {
    /// A layer's numbers as they lie in a row: channel after channel, each `side` by `side` places.
    public struct Map: Sendable, Hashable {
        /// How many numbers there are for each place.
        public let channels: Int
        /// How many places there are across, and down.
        public let side: Int

        /// The numbers of one channel.
        public var places: Int { side * side }
        /// All numbers.
        public var count: Int { channels * places }
    }

    /// Where the network knows patterns and materials, and not yet what it looks at.
    public let texture: Map
    /// The last with places of its own, before the network widens it to tell its classes apart.
    public let look: Map
    /// The numbers of `Features.pooled`.
    public let pooled: Int

    /// All numbers of a row.
    public var count: Int { texture.count + look.count + pooled }
}

extension Graph {
    /// Puts layers into one row, as `FeatureLayers` has them.
    mutating func layers(texture: FeatureMap, look: FeatureMap, pooled: FeatureMap, _ layers: FeatureLayers) -> Value {
        concatenation([
            flattened(texture, places: layers.texture.places), flattened(look, places: layers.look.places), pooled,
        ]).value
    }
}
