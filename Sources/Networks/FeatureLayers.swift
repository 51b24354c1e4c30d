/// Layers of one network that tell different things of a photo, and how a graph gives them: one row a photo, `texture`, `look`,
/// `pattern` and `pooled` one after the other.
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
    /// Wide layers, by how many channels they have: of each channel, how much it differs over the photo.
    public let pattern: [Int]
    /// The numbers of `Features.pooled`.
    public let pooled: Int

    /// All numbers of a row.
    public var count: Int { texture.count + look.count + pattern.reduce(0, +) + pooled }
}

extension Graph {
    /// Puts layers into one row, as `FeatureLayers` has them.
    mutating func layers(
        texture: FeatureMap, look: FeatureMap, pattern: [FeatureMap], pooled: FeatureMap, _ layers: FeatureLayers
    ) -> Value {
        let maps = [flattened(texture, places: layers.texture.places), flattened(look, places: layers.look.places)]
        return concatenation(maps + pattern.map { standardDeviation($0) } + [pooled]).value
    }
}
