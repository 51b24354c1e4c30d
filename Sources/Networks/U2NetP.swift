/// U²-Net’s small version (Qin et al. 2020, “U²-Net: Going Deeper with Nested U-Structure for Salient Object Detection”): tells
/// what a photo is of from what is around it.
public struct U2NetP: Network {
    /// In pixels, as it was trained; all layers’ sizes follow from it.
    public let inputSide = 320

    /// A place for each pixel.
    public let dimensions: [Features: Int] = [.mask: 320 * 320]

    private static let width = 64
    /// From the whole picture on, each half as large as the one before.
    private static let encoders: [ResidualU] = [
        .nested("stage1", levels: 7), .nested("stage2", levels: 6), .nested("stage3", levels: 5),
        .nested("stage4", levels: 4), .dilated("stage5"), .dilated("stage6"),
    ]
    /// Back to the whole picture.
    private static let decoders: [ResidualU] = [
        .dilated("stage5d"), .nested("stage4d", levels: 4), .nested("stage3d", levels: 5),
        .nested("stage2d", levels: 6), .nested("stage1d", levels: 7),
    ]

    /// It is the same for everyone.
    public init() {}

    /// Names weights as its publisher’s modules, with the normalizations folded in: `stage1.rebnconvin.weight`.
    public func write(_ features: Features, of photos: Graph.Value, to graph: inout Graph) throws(WeightFileError)
        -> Graph.Value
    {
        var maps: [FeatureMap] = []
        for (level, block) in Self.encoders.enumerated() {
            let input = level == 0 ? FeatureMap(photos, channels: 3) : graph.halved(maps[level - 1])
            maps.append(try graph.residualU(input, block, to: Self.width))
        }
        // The smallest map, and then each that was made of it and of an encoder's.
        var sides = [maps.removeLast()]
        for block in Self.decoders {
            let larger = graph.enlarged(sides[sides.count - 1], times: 2)
            sides.append(try graph.residualU(graph.concatenation([larger, maps.removeLast()]), block, to: Self.width))
        }
        return graph.flattened(try mask(of: sides.reversed(), in: &graph), places: inputSide * inputSide).value
    }

    /// What the maps say one by one, from the largest on, and all together.
    private func mask(of sides: [FeatureMap], in graph: inout Graph) throws(WeightFileError) -> FeatureMap {
        var said: [FeatureMap] = []
        for (level, side) in sides.enumerated() {
            let map = try graph.convolution(side, "side\(level + 1)", to: 1, kernel: 3, hasBias: true)
            said.append(level == 0 ? map : graph.enlarged(map, times: 1 << level))
        }
        return graph.sigmoid(
            try graph.convolution(graph.concatenation(said), "outconv", to: 1, kernel: 1, hasBias: true))
    }
}

/// A U-Net inside a layer, whose input is added to its output (section 3.1).
private enum ResidualU {
    /// Halves the picture again and again, but at the first and at the last level.
    case nested(String, levels: Int)
    /// Looks ever farther instead, for pictures that are small already.
    case dilated(String)

    var name: String {
        switch self {
        case .nested(let name, _), .dilated(let name): name
        }
    }

    var levels: Int {
        switch self {
        case .nested(_, let levels): levels
        case .dilated: 4
        }
    }

    /// Whether the map of a level, from 1 on, is half as large as the one before.
    func isHalved(at level: Int) -> Bool {
        if case .nested(_, let levels) = self { 1 < level && level < levels } else { false }
    }

    func dilation(at level: Int) -> Int {
        switch self {
        case .nested(_, let levels): level == levels ? 2 : 1
        case .dilated: 1 << (level - 1)
        }
    }
}

extension Graph {
    /// Half as wide and as high.
    fileprivate mutating func halved(_ input: FeatureMap) -> FeatureMap {
        maxPool(input, 2, stride: 2, padding: .valid)
    }

    fileprivate mutating func residualU(_ input: FeatureMap, _ block: ResidualU, to outputs: Int)
        throws(WeightFileError) -> FeatureMap
    {
        let first = try layer(input, block, "in", to: outputs)
        var maps: [FeatureMap] = []
        for level in 1...block.levels {
            let before = maps.last ?? first
            let smaller = block.isHalved(at: level) ? halved(before) : before
            maps.append(try layer(smaller, block, "\(level)", dilation: block.dilation(at: level)))
        }
        var map = maps.removeLast()
        for level in (1..<block.levels).reversed() {
            if block.isHalved(at: level + 1) { map = enlarged(map, times: 2) }
            map = try layer(
                concatenation([map, maps.removeLast()]), block, "\(level)d", dilation: block.dilation(at: level),
                to: level == 1 ? outputs : ResidualU.inside)
        }
        return sum(map, first)
    }

    private mutating func layer(
        _ input: FeatureMap, _ block: ResidualU, _ name: String, dilation: Int = 1, to outputs: Int = ResidualU.inside
    ) throws(WeightFileError) -> FeatureMap {
        relu(
            try convolution(
                input, "\(block.name).rebnconv\(name)", to: outputs, kernel: 3, dilation: dilation, hasBias: true))
    }
}

extension ResidualU {
    /// How many channels there are between the first layer and the last.
    fileprivate static let inside = 16

    /// What its layers are called, in the order in which they are computed.
    fileprivate var layers: [String] {
        let names = ["in"] + (1...levels).map { "\($0)" } + (1..<levels).reversed().map { "\($0)d" }
        return names.map { "\(name).rebnconv\($0)" }
    }
}

extension U2NetP {
    /// The names of its layers in the order in which they are computed, but for those that say what the mask is.
    public static let layers = (encoders + decoders).flatMap(\.layers)
}
