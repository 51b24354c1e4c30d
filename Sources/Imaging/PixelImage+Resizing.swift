extension PixelImage {
    /// Resizes a part of the picture, across first and then down, each rounded to whole grey levels.
    ///
    /// Equals Pillow's `resize` with its `box`, whose order and rounding networks' publishers evaluate with.
    public func resized(_ box: Rectangle, to target: ImageSize, filter: ResamplingFilter) -> PixelImage {
        if target == size, box == .whole(size) { return self }
        let across = ResamplingWeights(from: box.left, to: box.right, of: width, count: target.width, filter: filter)
        let down = ResamplingWeights(from: box.top, to: box.bottom, of: height, count: target.height, filter: filter)
        return resizedAcross(across, rows: down.span).resizedDown(down, skipping: down.span.lowerBound)
    }

    /// Resizes the whole picture.
    public func resized(to target: ImageSize, filter: ResamplingFilter) -> PixelImage {
        resized(.whole(size), to: target, filter: filter)
    }

    private func resizedAcross(_ weights: ResamplingWeights, rows: Range<Int>) -> PixelImage {
        let rowLength = weights.first.count * Self.channels
        let result = [UInt8](unsafeUninitializedCapacity: rows.count * rowLength) { result, count in
            pixels.withUnsafeBufferPointer { pixels in
                for (row, source) in rows.enumerated() {
                    let target = UnsafeMutableBufferPointer(rebasing: result[row * rowLength..<(row + 1) * rowLength])
                    weights.resizeRow(pixels.baseAddress! + source * width * Self.channels, into: target)
                }
            }
            count = rows.count * rowLength
        }
        return PixelImage(width: weights.first.count, height: rows.count, pixels: result)
    }

    private func resizedDown(_ weights: ResamplingWeights, skipping top: Int) -> PixelImage {
        let rowLength = width * Self.channels
        let result = [UInt8](unsafeUninitializedCapacity: weights.first.count * rowLength) { result, count in
            pixels.withUnsafeBufferPointer { pixels in
                for row in weights.first.indices {
                    let target = UnsafeMutableBufferPointer(rebasing: result[row * rowLength..<(row + 1) * rowLength])
                    weights.mixRows(pixels.baseAddress! - top * rowLength, for: row, into: target)
                }
            }
            count = weights.first.count * rowLength
        }
        return PixelImage(width: width, height: weights.first.count, pixels: result)
    }

    /// Puts a picture in the middle of a white one, unless it fills it already.
    func centred(on frame: ImageSize) -> PixelImage {
        if size == frame { return self }
        var canvas = Canvas(size: frame, background: .white)
        canvas.draw(self, left: (frame.width - width) / 2, top: (frame.height - height) / 2)
        return canvas.image
    }
}

extension ResamplingWeights {
    private static let half = Int32(1) << (fractionBits - 1)

    /// One row, pixel by pixel.
    fileprivate func resizeRow(_ row: UnsafePointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>) {
        weights.withUnsafeBufferPointer { weights in
            for pixel in first.indices {
                var sums = SIMD4<Int32>(repeating: Self.half)
                var source = row + first[pixel] * PixelImage.channels
                for weight in weights[pixel * width..<pixel * width + counts[pixel]] {
                    sums &+= SIMD4(Int32(source[0]), Int32(source[1]), Int32(source[2]), 0) &* weight
                    source += PixelImage.channels
                }
                for channel in 0..<PixelImage.channels {
                    target[pixel * PixelImage.channels + channel] = Self.level(sums[channel])
                }
            }
        }
    }

    /// One resized row out of several whole ones, which vectorizes: neighbours in memory are treated alike.
    fileprivate func mixRows(
        _ rows: UnsafePointer<UInt8>, for pixel: Int, into target: UnsafeMutableBufferPointer<UInt8>
    ) {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: target.count) { sums in
            sums.initialize(repeating: Self.half)
            for offset in 0..<counts[pixel] {
                let row = rows + (first[pixel] + offset) * target.count
                let weight = weights[pixel * width + offset]
                for index in 0..<target.count { sums[index] &+= Int32(row[index]) &* weight }
            }
            for index in 0..<target.count { target[index] = Self.level(sums[index]) }
        }
    }

    private static func level(_ sum: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: max(0, min(255, sum >> Int32(fractionBits))))
    }
}
