import Imaging
import Vectors

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Which way the edges run in each of 4 by 4 parts of a picture (Dalal & Triggs 2005, without blocks).
enum EdgeHistogram {
    private static let cells = 4
    private static let directions = 8

    static let count = cells * cells * directions

    /// Edge strengths by cell and direction, with length one in all.
    static func values(of image: PixelImage) -> [Float] {
        let grey = image.brightness
        var sums = [Float](repeating: 0, count: count)
        for row in 0..<image.height - 1 {
            for column in 0..<image.width - 1 {
                let here = row * image.width + column
                let (across, down) = (grey[here + 1] - grey[here], grey[here + image.width] - grey[here])
                let cell = row * cells / image.height * cells + column * cells / image.width
                sums[cell * directions + direction(across, down)] += (across * across + down * down).squareRoot()
            }
        }
        return Embedding(sums).normalized.values
    }

    /// Opposite ways are the same direction. Each is in the middle of what counts as it, since most edges are upright.
    private static func direction(_ across: Float, _ down: Float) -> Int {
        let turn = atan2f(down, across) / .pi
        return Int(((turn < 0 ? turn + 1 : turn) * Float(directions)).rounded()) % directions
    }
}

extension PixelImage {
    /// The luma of each pixel (ITU-R BT.601), in grey levels.
    fileprivate var brightness: [Float] {
        (0..<size.area).map { index in
            let pixel = index * Self.channels
            return 0.299 * Float(pixels[pixel]) + 0.587 * Float(pixels[pixel + 1]) + 0.114 * Float(pixels[pixel + 2])
        }
    }
}
