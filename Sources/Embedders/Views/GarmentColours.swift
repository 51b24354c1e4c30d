import Imaging
import Vectors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Describes a garment by the colours that it has.
enum GarmentColours {
    /// The whole photo: its edges tell which colours are the background's.
    static let input = InputSpec(
        side: 64, framing: .squash, filter: .triangle, mean: [0, 0, 0], scale: [255, 255, 255])

    private static let histogram = ColourHistogram(hues: 12, saturations: 8, brightnesses: 8)

    /// Rises whenever the numbers that come out change.
    static let revision = 1

    static let dimension = histogram.count

    /// Fourth roots of the shares that colours have in the garment, with length one.
    ///
    /// A button’s colour then counts a third as much as one that eighty times as many pixels have: what tells one garment
    /// from the next is often small, and how much of a photo shows which colour depends on who took it.
    static func values(of photo: PixelImage) -> Embedding {
        values(of: photo, weights: GarmentPixels(of: photo).weights)
    }

    /// What a garment of one colour has: with folds and shadows, its pixels lie around it, light and dark more widely than
    /// in hue.
    static func values(of colour: OKLab) -> Embedding {
        var (pixels, weights) = ([UInt8](), [Float]())
        for (light, lightWeight) in spread {
            for (green, greenWeight) in spread {
                for (blue, blueWeight) in spread {
                    let levels = OKLab(
                        lightness: min(max(0, colour.lightness + 0.05 * light), 1), a: colour.a + 0.02 * green,
                        b: colour.b + 0.02 * blue
                    ).levels
                    pixels += [levels.red, levels.green, levels.blue]
                    weights.append(lightWeight * greenWeight * blueWeight)
                }
            }
        }
        return values(of: PixelImage(width: weights.count, height: 1, pixels: pixels), weights: weights)
    }

    /// Steps of a normal distribution, in standard deviations, with their densities.
    private static let spread: [(step: Float, weight: Float)] = (-14...14).map {
        let step = Float($0) / 4
        return (step, expf(-step * step / 2))
    }

    private static func values(of picture: PixelImage, weights: [Float]) -> Embedding {
        let shares = histogram.shares(of: picture, weights: weights)
        return Embedding(shares.map { $0.squareRoot().squareRoot() }).normalized
    }
}
