public import Imaging

/// What a network was shown of a photo, and what it painted.
public struct Painting: Sendable {
    /// The photo's row.
    public let row: Int
    /// With holes, where these were to be filled.
    public let seen: PixelImage
    /// All of it, what was seen too.
    public let painted: PixelImage
}

extension PixelImage {
    /// Of numbers from 0 to 1, red, green and blue one after the other.
    init(planes: ArraySlice<Float>, side: Int) {
        let plane = side * side
        let pixels = (0..<plane).flatMap { pixel in
            (0..<Self.channels).map { UInt8(max(0, min(255, planes[planes.startIndex + $0 * plane + pixel] * 255))) }
        }
        self.init(width: side, height: side, pixels: pixels)
    }
}
