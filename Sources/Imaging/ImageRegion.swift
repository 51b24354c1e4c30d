/// A part of a picture in whole pixels from its top left corner.
struct ImageRegion: Hashable {
    let left: Int
    let top: Int
    let size: ImageSize

    init(left: Int, top: Int, size: ImageSize) {
        (self.left, self.top, self.size) = (left, top, size)
    }

    init(columns: Range<Int>, rows: Range<Int>) {
        self.init(
            left: columns.lowerBound, top: rows.lowerBound, size: ImageSize(width: columns.count, height: rows.count))
    }

    var columns: Range<Int> { left..<left + size.width }
    var rows: Range<Int> { top..<top + size.height }

    func moved(left: Int, up: Int) -> ImageRegion {
        ImageRegion(left: self.left - left, top: top - up, size: size)
    }

    /// The smallest that holds all of at least one.
    static func enclosing(_ regions: [ImageRegion]) -> ImageRegion {
        func span(_ ranges: [Range<Int>]) -> Range<Int> {
            ranges.dropFirst().reduce(ranges[0]) {
                min($0.lowerBound, $1.lowerBound)..<max($0.upperBound, $1.upperBound)
            }
        }
        return ImageRegion(columns: span(regions.map(\.columns)), rows: span(regions.map(\.rows)))
    }

    static func whole(_ size: ImageSize) -> ImageRegion {
        ImageRegion(left: 0, top: 0, size: size)
    }

    /// The square in the middle; where it cannot be the exact middle, half a pixel further right and down.
    static func centralSquare(of size: ImageSize, side: Int) -> ImageRegion {
        ImageRegion(left: (size.width - side + 1) / 2, top: (size.height - side + 1) / 2, size: .square(side))
    }
}
