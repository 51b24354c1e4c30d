import Imaging

/// How much of a picture has which hue, saturation and brightness.
struct ColourHistogram {
    private let hues: Int
    private let saturations: Int
    private let brightnesses: Int

    /// Into how many parts each of them is divided.
    init(hues: Int, saturations: Int, brightnesses: Int) {
        (self.hues, self.saturations, self.brightnesses) = (hues, saturations, brightnesses)
    }

    var count: Int { hues * saturations * brightnesses }

    /// Each part's share, all together 1; each pixel counts as much as its weight, which is not 0 for all.
    func shares(of image: PixelImage, weights: [Float]? = nil) -> [Float] {
        var (sums, total) = ([Float](repeating: 0, count: count), Float(0))
        image.pixels.withUnsafeBufferPointer { pixels in
            for place in 0..<image.size.area {
                let (pixel, weight) = (place * PixelImage.channels, weights?[place] ?? 1)
                sums[bin(Float(pixels[pixel]), Float(pixels[pixel + 1]), Float(pixels[pixel + 2]))] += weight
                total += weight
            }
        }
        return sums.map { $0 / total }
    }

    private func bin(_ red: Float, _ green: Float, _ blue: Float) -> Int {
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
