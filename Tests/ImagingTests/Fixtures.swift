import Foundation
import Imaging
import SystemPackage
import TestSupport

let goldens = FilePath(#filePath).removingLastComponent().appending("Goldens")

extension PixelImage {
    /// A picture whose levels are a function of where they are.
    init(_ width: Int, _ height: Int, _ level: (_ x: Int, _ y: Int, _ channel: Int) -> Int) {
        let pixels = (0..<width * height * Self.channels).map { index in
            let (pixel, channel) = index.quotientAndRemainder(dividingBy: Self.channels)
            return UInt8(truncatingIfNeeded: level(pixel % width, pixel / width, channel))
        }
        self.init(width: width, height: height, pixels: pixels)
    }

    /// Every pixel tells where it is.
    static func coordinates(_ width: Int, _ height: Int) -> PixelImage {
        PixelImage(width, height) { x, y, channel in [x, y, 77][channel] }
    }

    /// Colours that change little from pixel to pixel, as in most photos.
    static func gradient(_ width: Int, _ height: Int) -> PixelImage {
        PixelImage(width, height) { x, y, channel in [x * 255 / width, y * 255 / height, 128][channel] }
    }

    static func noise(_ width: Int, _ height: Int, _ random: inout SeededRandom) -> PixelImage {
        PixelImage(width, height) { _, _, _ in Int.random(in: 0...255, using: &random) }
    }

    static func grey(_ level: Int, _ width: Int, _ height: Int) -> PixelImage {
        PixelImage(
            width: width, height: height, pixels: Array(repeating: UInt8(level), count: width * height * channels))
    }

    /// Left is right.
    var flipped: PixelImage { PixelImage(width, height) { x, y, channel in Int(self[width - 1 - x, y][channel]) } }

    subscript(x: Int, y: Int) -> [UInt8] {
        let start = (y * width + x) * Self.channels
        return Array(pixels[start..<start + Self.channels])
    }
}

/// The largest difference of any two levels; that of pictures of different sizes is beyond all others.
func difference(_ left: PixelImage, _ right: PixelImage) -> Int {
    guard left.size == right.size else { return .max }
    return zip(left.pixels, right.pixels).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
}

/// The bytes of a file that is written down in base 64.
func file(_ base64: String) -> [UInt8] { [UInt8](Data(base64Encoded: base64) ?? Data()) }
