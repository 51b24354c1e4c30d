/// A part of a picture in whole pixels from its top left corner.
struct ImageRegion: Hashable {
    let left: Int
    let top: Int
    let width: Int
    let height: Int

    /// The square in the middle; where it cannot be the exact middle, half a pixel further right and down.
    static func centralSquare(of size: ImageSize, side: Int) -> ImageRegion {
        ImageRegion(left: (size.width - side + 1) / 2, top: (size.height - side + 1) / 2, width: side, height: side)
    }
}

extension PixelImage {
    func cropped(to region: ImageRegion) -> PixelImage {
        if region.width == width, region.height == height { return self }
        var part: [UInt8] = []
        part.reserveCapacity(region.width * region.height * Self.channels)
        for row in region.top..<region.top + region.height {
            let start = (row * width + region.left) * Self.channels
            part += pixels[start..<start + region.width * Self.channels]
        }
        return PixelImage(width: region.width, height: region.height, pixels: part)
    }
}
