import Networks

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What is kept of several layers of a network: how strong their channels are, above all in the middle of the photo.
struct LayerStatistics {
    /// The mean of each channel of the look's map.
    let look: [Float]
    /// The mean of each channel of the texture's map, and its standard deviation.
    let texture: (means: [Float], deviations: [Float])
    /// How much each channel of the pattern's layers differs over the photo.
    let pattern: [[Float]]
    /// As the network has it: its own mean of the whole photo.
    let pooled: [Float]

    /// Takes one photo's row.
    init(of row: [Float], layers: FeatureLayers) {
        precondition(row.count == layers.count)
        let textures = row[..<layers.texture.count]
        let looks = row[textures.endIndex...].prefix(layers.look.count)
        texture = Self.statistics(of: textures, layers.texture)
        look = Self.statistics(of: looks, layers.look).means
        var rest = row[looks.endIndex...]
        pattern = layers.pattern.map { channels in
            defer { rest = rest.dropFirst(channels) }
            return Array(rest.prefix(channels))
        }
        pooled = Array(rest)
    }

    private static func statistics(of values: ArraySlice<Float>, _ map: FeatureLayers.Map)
        -> (means: [Float], deviations: [Float])
    {
        let weights = weights(of: map)
        var (means, deviations) = ([Float](), [Float]())
        for start in stride(from: values.startIndex, to: values.endIndex, by: map.places) {
            let channel = values[start..<start + map.places]
            let mean = zip(channel, weights).reduce(0) { $0 + $1.0 * $1.1 }
            means.append(mean)
            deviations.append(
                zip(channel, weights).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }.squareRoot())
        }
        return (means, deviations)
    }

    /// Of each place, all together 1: a garment is in the middle of its photo, and what is around it at the edges.
    private static func weights(of map: FeatureLayers.Map) -> [Float] {
        let offsets = (0..<map.side).map { Float(2 * $0 + 1) / Float(map.side) - 1 }
        let weights = offsets.flatMap { down in offsets.map { across in expf(-(across * across + down * down)) } }
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }
}
