/// Weights in eight bits: `number = scale · integer`, with integers from -127 to 127 and a scale for each output channel
/// (Krishnamoorthi 2018, section 3.1); and biases in 32 bits, on the scale of the products that they are added to.
struct ChannelQuantizer {
    private static let levels: Float = 127
    /// A bias must leave the sum of products room in 32 bits.
    private static let largestBias: Float = 0x1p30
    private static let smallestScale: Float = 1e-12

    /// One for each output channel.
    let scales: [Float]
    private let inputScale: Float

    /// For rows of weights, one for each output channel, that are multiplied with inputs on a scale.
    init(_ weights: [Float], _ biases: [Float], inputScale: Float) {
        let columns = weights.count / max(biases.count, 1)
        self.inputScale = inputScale
        scales = biases.indices.map { row in
            let largest = weights[row * columns..<(row + 1) * columns].reduce(0) { max($0, abs($1)) }
            // A channel that training left without weights still has a bias.
            let forBias = abs(biases[row]) / inputScale / Self.largestBias
            return max(largest / Self.levels, forBias, Self.smallestScale)
        }
    }

    func integers(of weights: [Float]) -> [Int8] {
        let columns = weights.count / max(scales.count, 1)
        return weights.indices.map { index in
            (weights[index] / scales[index / columns]).integer(within: Int8(Self.levels))
        }
    }

    /// What the integers leave out of each weight.
    func errors(of weights: [Float]) -> [Float] {
        let columns = weights.count / max(scales.count, 1)
        return zip(weights.indices, integers(of: weights)).map { weights[$0] - Float($1) * scales[$0 / columns] }
    }

    func integers(ofBiases biases: [Float]) -> [Int32] {
        zip(biases, scales).map { bias, scale in
            (Double(bias) / (Double(scale) * Double(inputScale))).integer(within: Int32.max)
        }
    }
}

extension BinaryFloatingPoint {
    /// The nearest integer, of two the even one, from `-bound` to `bound`; what is no number is taken for the least.
    func integer<Integer: FixedWidthInteger>(within bound: Integer) -> Integer {
        guard self > -Self(bound) else { return 0 - bound }
        return self < Self(bound) ? Integer(rounded(.toNearestOrEven)) : bound
    }
}
