/// A part of a picture in whole pixels from its top left corner.
struct ImageRegion: Hashable {
    let left: Int
    let top: Int
    let size: ImageSize

    static func whole(_ size: ImageSize) -> ImageRegion {
        ImageRegion(left: 0, top: 0, size: size)
    }

    /// The square in the middle; where it cannot be the exact middle, half a pixel further right and down.
    static func centralSquare(of size: ImageSize, side: Int) -> ImageRegion {
        ImageRegion(left: (size.width - side + 1) / 2, top: (size.height - side + 1) / 2, size: .square(side))
    }
}
