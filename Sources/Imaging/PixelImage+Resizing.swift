import CKernels

extension PixelImage {
    /// Resizes the whole picture.
    public func resized(to target: ImageSize, filter: ResamplingFilter) -> PixelImage {
        resized(.whole(size), to: target, filter: filter)
    }

    /// Resizes a part whose edges may lie between pixels; near them, pixels outside of it count too.
    ///
    /// Equals Pillow's `resize` with its `box`.
    func resized(_ box: Rectangle, to target: ImageSize, filter: ResamplingFilter) -> PixelImage {
        resized(box, of: .whole(size), to: target, filter: filter)
    }

    /// Resizes a part of a region that is cut out first: nothing outside of the region counts.
    ///
    /// Across first and then down, each rounded to whole grey levels, as networks' publishers do it.
    func resized(_ box: Rectangle, of region: ImageRegion, to target: ImageSize, filter: ResamplingFilter)
        -> PixelImage
    {
        if target == size, region.size == size, box == .whole(size) { return self }
        let across = ResamplingWeights(
            from: box.left, to: box.right, of: region.size.width, count: target.width, filter: filter)
        let down = ResamplingWeights(
            from: box.top, to: box.bottom, of: region.size.height, count: target.height, filter: filter)
        return resizedAcross(across, of: region, rows: down.span).resizedDown(down, skipping: down.span.lowerBound)
    }

    /// Some rows at a time; the last ones are computed again where their number does not divide.
    private func resizedAcross(_ weights: ResamplingWeights, of region: ImageRegion, rows: Range<Int>) -> PixelImage {
        let (atOnce, rowLength) = (Int(ck_rows), weights.count * Self.channels)
        let capacity = max(rows.count, atOnce) * rowLength
        let result = [UInt8](unsafeUninitializedCapacity: capacity) { result, resultCount in
            withNumbers(for: region.size.width * atOnce) { numbers in
                for start in stride(from: 0, to: rows.count, by: atOnce) {
                    let first = min(start, max(0, rows.count - atOnce))
                    for row in 0..<atOnce {
                        let source = rows.lowerBound + min(first + row, rows.count - 1)
                        spread(source, of: region, into: numbers + row * Self.spreadChannels)
                    }
                    ck_resize_rows(
                        numbers, weights.first, weights.values, weights.taps, weights.count,
                        result.baseAddress! + first * rowLength, rowLength)
                }
            }
            resultCount = rows.count * rowLength
        }
        return PixelImage(width: weights.count, height: rows.count, pixels: result)
    }

    /// Numbers of a spread pixel, one of which is always zero.
    private static let spreadChannels = 4

    /// Room for spread pixels, where the processor reads it fastest.
    private func withNumbers(for pixels: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) {
        let length = pixels * Self.spreadChannels * MemoryLayout<Float>.stride
        withUnsafeTemporaryAllocation(byteCount: length, alignment: 64) {
            body($0.assumingMemoryBound(to: Float.self).baseAddress!)
        }
    }

    private func spread(_ row: Int, of region: ImageRegion, into numbers: UnsafeMutablePointer<Float>) {
        let start = ((region.top + row) * width + region.left) * Self.channels
        pixels.withUnsafeBufferPointer { ck_spread_pixels($0.baseAddress! + start, region.size.width, numbers) }
    }

    /// The picture holds the rows from `top` on of the one whose rows are weighed.
    private func resizedDown(_ weights: ResamplingWeights, skipping top: Int) -> PixelImage {
        let (count, rowLength) = (weights.count, width * Self.channels)
        let result = [UInt8](unsafeUninitializedCapacity: count * rowLength) { result, resultCount in
            pixels.withUnsafeBufferPointer { pixels in
                weights.values.withUnsafeBufferPointer { values in
                    for row in 0..<count {
                        ck_mix_rows(
                            pixels.baseAddress! + (Int(weights.first[row]) - top) * rowLength, rowLength,
                            values.baseAddress! + row * weights.taps, weights.taps,
                            result.baseAddress! + row * rowLength)
                    }
                }
            }
            resultCount = count * rowLength
        }
        return PixelImage(width: width, height: count, pixels: result)
    }

    /// Puts a picture in the middle of a white one, unless it fills it already.
    func centred(on frame: ImageSize) -> PixelImage {
        if size == frame { return self }
        var canvas = Canvas(size: frame, background: .white)
        canvas.draw(self, left: (frame.width - width) / 2, top: (frame.height - height) / 2)
        return canvas.image
    }
}
