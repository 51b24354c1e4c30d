/// For each pixel of one resized row or column: which original pixels it is made of, and how much of each.
struct ResamplingWeights {
    let first: [Int32]
    let counts: [Int32]
    /// `width` places for each resized pixel, of which the first `counts[pixel]` are used.
    let values: [Float]
    let width: Int

    /// How many pixels there are once resized.
    var count: Int { first.count }

    /// Weights for the stretch from `start` to `end` of `length` pixels, resized to `count` pixels.
    init(from start: Double, to end: Double, of length: Int, count: Int, filter: ResamplingFilter) {
        let scale = (end - start) / Double(count)
        let stretch = max(scale, 1)
        let support = filter.support * stretch
        width = Int(support.rounded(.up)) * 2 + 1

        var (first, counts, values) = ([Int32](), [Int32](), [Float](repeating: 0, count: count * width))
        for pixel in 0..<count {
            let centre = start + (Double(pixel) + 0.5) * scale
            let low = max(0, Int(centre - support + 0.5))
            let high = min(length, Int(centre + support + 0.5))
            let row = (low..<high).map { filter.weight(at: (Double($0) - centre + 0.5) / stretch) }
            for (offset, weight) in Self.normalized(row).enumerated() { values[pixel * width + offset] = weight }
            first.append(Int32(low))
            counts.append(Int32(high - low))
        }
        (self.first, self.counts, self.values) = (first, counts, values)
    }

    private static func normalized(_ weights: [Double]) -> [Float] {
        let sum = weights.reduce(0, +)
        return weights.map { Float($0 / (sum == 0 ? 1 : sum)) }
    }

    /// The original pixels that any resized pixel needs.
    var span: Range<Int> {
        let ends = zip(first, counts).map { $0 + $1 }
        return Int(first.min() ?? 0)..<Int(ends.max() ?? 0)
    }
}
