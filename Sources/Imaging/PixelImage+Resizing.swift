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
            withUnsafeTemporaryAllocation(of: SIMD4<Float>.self, capacity: width) { numbers in
                for (row, source) in rows.enumerated() {
                    self.row(source, into: numbers)
                    let target = UnsafeMutableBufferPointer(rebasing: result[row * rowLength..<(row + 1) * rowLength])
                    weights.resizeRow(UnsafeBufferPointer(numbers), into: target)
                }
            }
            count = rows.count * rowLength
        }
        return PixelImage(width: weights.first.count, height: rows.count, pixels: result)
    }

    private func row(_ row: Int, into numbers: UnsafeMutableBufferPointer<SIMD4<Float>>) {
        pixels.withUnsafeBufferPointer { pixels in
            var pixel = pixels.baseAddress! + row * width * Self.channels
            for column in 0..<width {
                numbers.initializeElement(at: column, to: SIMD4(Float(pixel[0]), Float(pixel[1]), Float(pixel[2]), 0))
                pixel += Self.channels
            }
        }
    }

    private func resizedDown(_ weights: ResamplingWeights, skipping top: Int) -> PixelImage {
        let rowLength = width * Self.channels
        let result = [UInt8](unsafeUninitializedCapacity: weights.first.count * rowLength) { result, count in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: rowLength) { sums in
                sums.initialize(repeating: 0)
                pixels.withUnsafeBufferPointer { pixels in
                    for row in weights.first.indices {
                        let target = UnsafeMutableBufferPointer(rebasing: result[row * rowLength..<(row + 1) * rowLength])
                        weights.mixRows(pixels.baseAddress! - top * rowLength, for: row, into: target, sums: sums)
                    }
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
    /// One row, pixel by pixel. `source` has room for the row as numbers, four to a pixel.
    fileprivate func resizeRow(
        _ source: UnsafeBufferPointer<SIMD4<Float>>, into target: UnsafeMutableBufferPointer<UInt8>
    ) {
        weights.withUnsafeBufferPointer { weights in
            for pixel in first.indices {
                var sum = SIMD4<Float>(repeating: 0.5)
                let (low, start) = (first[pixel], pixel * width)
                for offset in 0..<counts[pixel] { sum += source[low + offset] * weights[start + offset] }
                for channel in 0..<PixelImage.channels {
                    target[pixel * PixelImage.channels + channel] = UInt8(level: sum[channel])
                }
            }
        }
    }

    /// One resized row out of several whole ones, which vectorizes: neighbours in memory are treated alike.
    fileprivate func mixRows(
        _ rows: UnsafePointer<UInt8>, for pixel: Int, into target: UnsafeMutableBufferPointer<UInt8>,
        sums: UnsafeMutableBufferPointer<Float>
    ) {
        sums.update(repeating: 0.5)
        for offset in 0..<counts[pixel] {
            let row = rows + (first[pixel] + offset) * target.count
            let weight = weights[pixel * width + offset]
            for index in 0..<target.count { sums[index] += Float(row[index]) * weight }
        }
        for index in 0..<target.count { target[index] = UInt8(level: sums[index]) }
    }
}

extension UInt8 {
    /// The grey level below a number; what lies beyond black and white is cut off.
    @inline(__always)
    fileprivate init(level: Float) {
        self.init(truncatingIfNeeded: Int32(Swift.max(0, Swift.min(255, level))))
    }
}
