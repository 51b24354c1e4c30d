/// For each pixel of one resized row or column: which original pixels it is made of, and how much of each.
struct ResamplingWeights {
    /// How many original pixels each resized one is made of; near the edges some weigh nothing.
    let taps: Int
    /// The first of each resized pixel's original pixels.
    let first: [Int32]
    /// `taps` for each resized pixel.
    let values: [Float]

    /// How many pixels there are once resized.
    var count: Int { first.count }

    /// Weights for the stretch from `start` to `end` of `length` pixels, resized to `count` pixels.
    init(from start: Double, to end: Double, of length: Int, count: Int, filter: ResamplingFilter) {
        let scale = (end - start) / Double(count)
        let stretch = max(scale, 1)
        let support = filter.support * stretch
        func centre(_ pixel: Int) -> Double { start + (Double(pixel) + 0.5) * scale }
        func reach(_ pixel: Int) -> Range<Int> {
            max(0, Int(centre(pixel) - support + 0.5))..<min(length, Int(centre(pixel) + support + 0.5))
        }

        let taps = (0..<count).reduce(1) { max($0, reach($1).count) }
        let first = (0..<count).map { min(reach($0).lowerBound, length - taps) }
        values = [Float](unsafeUninitializedCapacity: count * taps) { values, initialized in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: taps) { weights in
                for pixel in 0..<count {
                    let reach = reach(pixel)
                    var sum = 0.0
                    for tap in 0..<taps {
                        let original = first[pixel] + tap
                        let distance = (Double(original) - centre(pixel) + 0.5) / stretch
                        weights[tap] = reach.contains(original) ? filter.weight(at: distance) : 0
                        sum += weights[tap]
                    }
                    for tap in 0..<taps { values[pixel * taps + tap] = Float(weights[tap] / (sum == 0 ? 1 : sum)) }
                }
            }
            initialized = count * taps
        }
        self.taps = taps
        self.first = first.map(Int32.init)
    }

    /// The original pixels that any resized pixel needs.
    var span: Range<Int> { Int(first.min() ?? 0)..<Int(first.max() ?? 0) + taps }
}
