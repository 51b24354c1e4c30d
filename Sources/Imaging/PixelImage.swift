/// An RGB picture in sRGB: eight bits a channel, rows from the top down, no padding between them.
public struct PixelImage: Sendable, Hashable {
    /// Bytes a pixel; there is no alpha, as decoding lays what is transparent on white.
    public static let channels = 3

    /// At least one pixel each way.
    public let size: ImageSize
    /// `size.area * 3` bytes, red before green before blue.
    public let pixels: [UInt8]

    /// Pixels in each row.
    public var width: Int { size.width }
    /// Rows, of which the first is the top one.
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
    /// Pixels in a row; of a file that is not decoded yet, before it is turned upright.
    public let width: Int
    /// Rows of pixels; of a file that is not decoded yet, before it is turned upright.
    public let height: Int

    /// Checks nothing: a file may claim any size, and one that is too large is refused later.
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// The size that networks take, `side` pixels each way.
    public static func square(_ side: Int) -> ImageSize { ImageSize(width: side, height: side) }

    /// The number of pixels; traps on overflow, so it is not for sizes that files merely claim.
    public var area: Int { width * height }
    /// In pixels: the side of the largest square that fits into the picture.
    public var shortSide: Int { min(width, height) }
    /// In pixels: the side of the smallest square that the picture fits into.
    public var longSide: Int { max(width, height) }

    /// The places of the outermost pixels, row by row.
    var edge: [Int] {
        (0..<area).filter { place in
            let (row, column) = place.quotientAndRemainder(dividingBy: width)
            return row == 0 || row == height - 1 || column == 0 || column == width - 1
        }
    }

    func exceeds(megapixels limit: Int) -> Bool {
        let (area, overflow) = width.multipliedReportingOverflow(by: height)
        return overflow || area > limit * 1_000_000
    }
}
