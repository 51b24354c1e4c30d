/// How the pixels of a resized picture are weighed out of the original ones.
///
/// Both widen with the scale when a picture shrinks (antialiasing), as Pillow's filters of these kinds do.
public enum ResamplingFilter: String, Sendable, Hashable, Codable {
    /// Linear interpolation: Pillow's `BILINEAR`.
    case triangle
    /// Cubic convolution with a = -0.5 (Keys 1981): Pillow's `BICUBIC`.
    case cubic

    /// How far from its centre the filter reaches, in pixels, when a picture keeps its size.
    var support: Double {
        switch self {
        case .triangle: 1
        case .cubic: 2
        }
    }

    func weight(at distance: Double) -> Double {
        let x = abs(distance)
        return switch self {
        case .triangle: max(0, 1 - x)
        case .cubic where x < 1: (1.5 * x - 2.5) * x * x + 1
        case .cubic where x < 2: ((-0.5 * x + 2.5) * x - 4) * x + 2
        case .cubic: 0
        }
    }

    /// Where the pixels lie that count when the stretch from `start` to `end` is resized to `count` pixels; it may go
    /// on beyond the picture.
    func reach(from start: Double, to end: Double, count: Int) -> Range<Int> {
        let support = support * max((end - start) / Double(count), 1)
        return Int((start - support).rounded(.down))..<Int((end + support).rounded(.up))
    }
}
