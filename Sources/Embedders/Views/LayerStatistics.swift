import Networks

/// What is kept of several layers of a network: how strong their channels are, wherever in the photo.
struct LayerStatistics {
    /// The mean of each channel of the look's map.
    let look: [Float]
    /// The mean of each channel of the texture's map, and its standard deviation.
    let texture: (means: [Float], deviations: [Float])
    let pooled: [Float]

    /// Takes one photo's row.
    init(of row: [Float], layers: FeatureLayers) {
        precondition(row.count == layers.count)
        let textures = row[..<layers.texture.count]
        let looks = row[textures.endIndex...].prefix(layers.look.count)
        texture = (Self.means(of: textures, layers.texture), Self.deviations(of: textures, layers.texture))
        look = Self.means(of: looks, layers.look)
        pooled = Array(row[looks.endIndex...])
    }

    private static func means(of values: ArraySlice<Float>, _ map: FeatureLayers.Map) -> [Float] {
        channels(of: values, map).map { $0.reduce(0, +) / Float(map.places) }
    }

    private static func deviations(of values: ArraySlice<Float>, _ map: FeatureLayers.Map) -> [Float] {
        channels(of: values, map).map { channel in
            let mean = channel.reduce(0, +) / Float(map.places)
            return (channel.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(map.places)).squareRoot()
        }
    }

    private static func channels(of values: ArraySlice<Float>, _ map: FeatureLayers.Map) -> [ArraySlice<Float>] {
        stride(from: values.startIndex, to: values.endIndex, by: map.places).map { values[$0..<$0 + map.places] }
    }
}
