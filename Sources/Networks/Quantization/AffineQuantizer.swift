/// How numbers that differ from photo to photo are written in eight bits: `number = scale · (integer - zero)`, with
/// integers from 0 to 255 (Jacob et al. 2018, equation 1). Numbers beyond either end become that end.
struct AffineQuantizer: Hashable {
    static let levels: Float = 255

    let scale: Float
    let zero: UInt8

    init(scale: Float, zero: UInt8) {
        (self.scale, self.zero) = (scale, zero)
    }

    /// Reaches from the smaller to the larger number, and to 0, which must be exact: pictures are padded with it.
    init(covering range: ClosedRange<Float>) {
        let (low, high) = (min(range.lowerBound, 0), max(range.upperBound, 0))
        // Of what is 0 on all photos, any scale says so; on this one, biases lose nothing.
        scale = high > low ? max((high - low) / Self.levels, .leastNormalMagnitude) : 1 / 256
        zero = UInt8(min(max((-low / scale).rounded(.toNearestOrEven), 0), Self.levels))
    }

    /// The largest number that there is an integer for.
    var upperEnd: Float { scale * (Self.levels - Float(zero)) }
}
