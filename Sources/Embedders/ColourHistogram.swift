import Imaging

/// How much of a picture has which hue, saturation and brightness.
enum ColourHistogram {
    private static let hues = 12
    private static let saturations = 4
    private static let brightnesses = 4

    static let count = hues * saturations * brightnesses

    /// Square roots of shares: their dot product is the Bhattacharyya coefficient of two pictures.
    static func values(of image: PixelImage) -> [Float] {
        var counts = [Int](repeating: 0, count: count)
        image.pixels.withUnsafeBufferPointer { pixels in
            for pixel in stride(from: 0, to: pixels.count, by: PixelImage.channels) {
                counts[bin(Float(pixels[pixel]), Float(pixels[pixel + 1]), Float(pixels[pixel + 2]))] += 1
            }
        }
        return counts.map { (Float($0) / Float(image.size.area)).squareRoot() }
    }

    private static func bin(_ red: Float, _ green: Float, _ blue: Float) -> Int {
        let (high, low) = (max(red, green, blue), min(red, green, blue))
        let range = high - low
        let hue: Float =
            if range == 0 { 0 } else if high == red {
                (green - blue) / range + (green < blue ? 6 : 0)
            } else if high == green { (blue - red) / range + 2 } else { (red - green) / range + 4 }
        let saturation = high == 0 ? 0 : range / high
        let hueBin = min(hues - 1, Int(hue / 6 * Float(hues)))
        let saturationBin = min(saturations - 1, Int(saturation * Float(saturations)))
        let brightnessBin = min(brightnesses - 1, Int(high / 256 * Float(brightnesses)))
        return (hueBin * saturations + saturationBin) * brightnesses + brightnessBin
    }
}
