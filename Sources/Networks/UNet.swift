/// A U-Net (Ronneberger et al. 2015) that paints the photo that it is given, with normalizations and paddings that keep sizes: its
/// narrowest map has to know what there is to paint.
///
/// Without the bridges from each level of the way down to the same level of the way up, it is an autoencoder, whose narrowest map
/// has to know all of it.
public struct UNet: Network, Hashable, Codable {
    /// A multiple of 2 for each level but the first.
    public let inputSide: Int
    private let width: Int
    private let levels: Int
    /// Whether the way up sees the way down.
    public let hasBridges: Bool

    /// `width` channels in the whole picture, and twice as many at each of `levels` that are half as large; traps for a side that does
    /// not halve so often.
    public init(inputSide: Int = 128, width: Int = 32, levels: Int = 5, hasBridges: Bool = true) {
        precondition(Self.canBe(inputSide: inputSide, width: width, levels: levels))
        (self.inputSide, self.width, self.levels, self.hasBridges) = (inputSide, width, levels, hasBridges)
    }

    private static func canBe(inputSide: Int, width: Int, levels: Int) -> Bool {
        (2...12).contains(levels) && (1...4096).contains(width) && (1...4096).contains(inputSide)
            && inputSide % (1 << (levels - 1)) == 0
    }

    /// Throws for what no network can be.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        inputSide = try container.decode(Int.self, forKey: .inputSide)
        width = try container.decode(Int.self, forKey: .width)
        levels = try container.decode(Int.self, forKey: .levels)
        hasBridges = try container.decode(Bool.self, forKey: .hasBridges)
        guard Self.canBe(inputSide: inputSide, width: width, levels: levels) else {
            throw DecodingError.dataCorruptedError(
                forKey: .levels, in: container, debugDescription: "no picture halves so often")
        }
    }

    /// The narrowest map's channels, and the colours of the picture that is painted.
    public var dimensions: [Features: Int] {
        let narrowest = inputSide >> (levels - 1)
        return [
            .places: channels(at: levels - 1) * narrowest * narrowest, .pooled: channels(at: levels - 1),
            .picture: 3 * inputSide * inputSide,
        ]
    }

    private func channels(at level: Int) -> Int { width << level }

    /// Names weights `down0` to the narrowest, back `up…` to `up0`, and `paint`, each as PyTorch would those of two convolutions in
    /// a row with what is between them: `down0.0.weight`, `down0.1.weight`, `down0.3.weight`, `down0.4.weight`.
    public func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
    {
        var maps = [try graph.convolutions(FeatureMap(photos, channels: 3), "down0", to: width)]
        for level in 1..<levels {
            let smaller = graph.maxPool(maps[level - 1], 2, stride: 2, padding: .valid)
            maps.append(try graph.convolutions(smaller, "down\(level)", to: channels(at: level)))
        }
        let narrowest = maps[levels - 1]
        switch features {
        case .picture: return try paint(narrowest, bridges: maps, to: &graph)
        case .places: return graph.flattened(narrowest, places: (dimensions[.places] ?? 0) / narrowest.channels).value
        default: return graph.globalAverage(narrowest).value
        }
    }

    /// The way up, to a picture of numbers from 0 to 1.
    private func paint(_ narrowest: FeatureMap, bridges: [FeatureMap], to graph: inout Graph)
        throws(WeightFileError) -> Graph.Value
    {
        var map = narrowest
        for level in (0..<levels - 1).reversed() {
            map = graph.repeated(map, times: 2)
            if hasBridges { map = graph.concatenation([map, bridges[level]]) }
            map = try graph.convolutions(map, "up\(level)", to: channels(at: level))
        }
        let colours = try graph.convolution(map, "paint", to: 3, kernel: 1, hasBias: true)
        return graph.flattened(graph.sigmoid(colours), places: inputSide * inputSide).value
    }
}

extension Graph {
    /// Two convolutions, each normalized and cut off below 0.
    fileprivate mutating func convolutions(_ input: FeatureMap, _ name: String, to outputs: Int) throws(WeightFileError)
        -> FeatureMap
    {
        var map = input
        for place in [0, 3] {
            let layer = NormalizedConvolution("\(name).\(place)", "\(name).\(place + 1)")
            map = relu(try convolution(map, layer, to: outputs, kernel: 3))
        }
        return map
    }
}
