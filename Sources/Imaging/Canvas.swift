/// A picture to draw on; what falls beyond its edges is cut off.
public struct Canvas: Sendable {
    let size: ImageSize
    private var pixels: [UInt8]

    /// Begins with `background` everywhere.
    public init(size: ImageSize, background: Colour) {
        self.size = size
        pixels = Array(repeatElement(background.channels, count: size.area).joined())
    }

    /// What is drawn so far; traps for a canvas without pixels.
    public var image: PixelImage { PixelImage(width: size.width, height: size.height, pixels: pixels) }

    /// Draws a picture with its top left corner at a point.
    public mutating func draw(_ picture: PixelImage, left: Int, top: Int) {
        let columns = visible(left, picture.width, size.width)
        guard !columns.isEmpty else { return }
        for row in visible(top, picture.height, size.height) {
            let source = (row * picture.width + columns.lowerBound) * PixelImage.channels
            let target = ((top + row) * size.width + left + columns.lowerBound) * PixelImage.channels
            let length = columns.count * PixelImage.channels
            pixels.replaceSubrange(target..<target + length, with: picture.pixels[source..<source + length])
        }
    }

    /// Draws letters, or any other shape, in one colour.
    public mutating func draw(_ mask: Mask, in colour: Colour, left: Int, top: Int) {
        for row in visible(top, mask.size.height, size.height) {
            for column in visible(left, mask.size.width, size.width) {
                let coverage = Int(mask.coverage[row * mask.size.width + column])
                blend(colour, coverage, at: ((top + row) * size.width + left + column) * PixelImage.channels)
            }
        }
    }

    private mutating func blend(_ colour: Colour, _ coverage: Int, at offset: Int) {
        guard coverage > 0 else { return }
        for (channel, level) in colour.channels.enumerated() {
            let below = Int(pixels[offset + channel])
            pixels[offset + channel] = UInt8((below * (255 - coverage) + Int(level) * coverage + 127) / 255)
        }
    }

    /// The rows or columns of a picture of `length` at `start` that a canvas of `limit` shows.
    private func visible(_ start: Int, _ length: Int, _ limit: Int) -> Range<Int> {
        let low = min(length, max(0, -start))
        return low..<max(low, min(length, limit - start))
    }
}

/// How much of each pixel a shape covers: 0 for none of it, 255 for all.
public struct Mask: Sendable, Hashable {
    /// Of the box around the shape, in pixels.
    public let size: ImageSize
    /// `size.area` bytes, row by row from the top.
    public let coverage: [UInt8]
}
