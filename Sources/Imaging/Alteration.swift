import Foundation

/// One of the ways in which the same garment could as well have been photographed: nearer, from a little aside, the other way round, in
/// another light.
///
/// It keeps the hue of colours, since another colour is another garment.
public struct Alteration: Sendable, Hashable {
    /// The share of the photo's pixels that are shown, where the part's shape beside the photo's own leaves room for so many.
    private let (area, shape): (Double, Double)
    /// Where that part is, from one edge (0) to the other (1).
    private let (across, down): (Double, Double)
    private let isMirrored: Bool
    private let (exposure, contrast, saturation): (Double, Double, Double)

    private static let areas = 0.5...1.0
    private static let shapes = -0.2...0.2
    private static let changes = -0.3...0.3

    /// Draws one.
    public init(using random: inout some RandomNumberGenerator) {
        area = .random(in: Self.areas, using: &random)
        shape = exp(.random(in: Self.shapes, using: &random))
        (across, down) = (.random(in: 0...1, using: &random), .random(in: 0...1, using: &random))
        isMirrored = .random(using: &random)
        exposure = 1 + .random(in: Self.changes, using: &random)
        contrast = 1 + .random(in: Self.changes, using: &random)
        saturation = 1 + .random(in: Self.changes, using: &random)
    }

    /// The photo so altered, as a network takes it.
    public func picture(of photo: PixelImage, for input: InputSpec) -> PixelImage {
        frame(shown(of: photo), for: input).relit(by: light, mirrored: isMirrored)
    }

    /// The photo so altered, in the size that the part has which is shown.
    public func picture(of photo: PixelImage) -> PixelImage {
        shown(of: photo).relit(by: light, mirrored: isMirrored)
    }

    /// How many times smaller than its file a photo may be decoded, so that what is shown is no less than an input.
    public static func reduction(of size: ImageSize, for input: InputSpec) -> Int {
        let least = areas.lowerBound.squareRoot() * exp(shapes.lowerBound / 2)
        return Int(Double(size.shortSide) * least / Double(input.side))
    }

    private func shown(of photo: PixelImage) -> PixelImage {
        let side = area.squareRoot()
        let (width, height) = (min(1, side * shape.squareRoot()), min(1, side / shape.squareRoot()))
        let (left, top) = ((1 - width) * across, (1 - height) * down)
        return photo.cropped(left: left, top: top, right: 1 - left - width, bottom: 1 - top - height)
    }

    /// A crop is there already: what is cut off beside it is what does not fit into a square.
    private func frame(_ part: PixelImage, for input: InputSpec) -> PixelImage {
        let whole = InputSpec(
            side: input.side, framing: input.framing, crop: .afterResizing(toShortSide: input.side),
            filter: input.filter, mean: input.mean, scale: input.scale)
        return whole.frame(part)
    }

    /// Levels become these sums of the three levels of a pixel and one more number.
    private var light: [[Double]] {
        let grey = [0.299, 0.587, 0.114]
        let slope = exposure * contrast
        let shift = 128 * (1 - contrast)
        return (0..<3).map { channel in
            grey.indices.map { slope * ((1 - saturation) * grey[$0] + ($0 == channel ? saturation : 0)) } + [shift]
        }
    }
}

extension PixelImage {
    fileprivate func relit(by light: [[Double]], mirrored: Bool) -> PixelImage {
        let factors = light.flatMap { $0 }.map(Float.init)
        let relit = [UInt8](unsafeUninitializedCapacity: pixels.count) { relit, count in
            for row in 0..<height {
                for column in 0..<width {
                    let source = (row * width + (mirrored ? width - 1 - column : column)) * Self.channels
                    let target = (row * width + column) * Self.channels
                    let (red, green, blue) = (
                        Float(pixels[source]), Float(pixels[source + 1]), Float(pixels[source + 2])
                    )
                    for channel in 0..<Self.channels {
                        let place = channel * 4
                        let level =
                            factors[place] * red + factors[place + 1] * green + factors[place + 2] * blue
                            + factors[place + 3]
                        relit[target + channel] = UInt8(max(0, min(255, level.rounded())))
                    }
                }
            }
            count = pixels.count
        }
        return PixelImage(width: width, height: height, pixels: relit)
    }
}
