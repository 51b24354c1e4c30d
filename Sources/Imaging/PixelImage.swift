/// An RGB picture in sRGB: eight bits a channel, rows from the top down, no padding between them.
public struct PixelImage: Sendable, Hashable {
    public static let channels = 3

    public let size: ImageSize
    /// `size.area * 3` bytes, red before green before blue.
    public let pixels: [UInt8]

    public var width: Int { size.width }
    public var height: Int { size.height }

    /// Traps unless there are exactly three bytes for each pixel.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0 && pixels.count == width * height * Self.channels)
        self.size = ImageSize(width: width, height: height)
        self.pixels = pixels
    }
}

/// The width and height of a picture in pixels.
public struct ImageSize: Sendable, Hashable, Codable {
    public let width: Int
    public let height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    public static func square(_ side: Int) -> ImageSize { ImageSize(width: side, height: side) }

    public var area: Int { width * height }
    public var shortSide: Int { min(width, height) }
    public var longSide: Int { max(width, height) }

    func exceeds(megapixels limit: Int) -> Bool {
        let (area, overflow) = width.multipliedReportingOverflow(by: height)
        return overflow || area > limit * 1_000_000
    }
}
