public import Imaging
import Vectors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The view of colours that a garment of one colour has: with folds and shadows, its pixels lie around it, light and dark more
/// widely than in hue.
public struct GarmentColour: Sendable {
    let values: [Float]

    /// Takes some milliseconds.
    public init(_ colour: OKLab) {
        var (pixels, weights) = ([UInt8](), [Float]())
        for (light, lightWeight) in Self.spread {
            for (green, greenWeight) in Self.spread {
                for (blue, blueWeight) in Self.spread {
                    let levels = OKLab(
                        lightness: min(max(0, colour.lightness + 0.05 * light), 1), a: colour.a + 0.02 * green,
                        b: colour.b + 0.02 * blue
                    ).levels
                    pixels += [levels.red, levels.green, levels.blue]
                    weights.append(lightWeight * greenWeight * blueWeight)
                }
            }
        }
        let picture = PixelImage(width: weights.count, height: 1, pixels: pixels)
        values = GarmentColours.values(of: picture, weights: weights).values
    }

    /// Steps of a normal distribution, in standard deviations, with their densities.
    private static let spread: [(step: Float, weight: Float)] = (-14...14).map {
        let step = Float($0) / 4
        return (step, expf(-step * step / 2))
    }
}
