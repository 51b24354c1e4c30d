package import Networks

/// Weights that a formula makes of their names: the same as Scripts/made_up.py makes.
extension WeightFile.Tensor {
    /// A tensor that keeps numbers about as large from layer to layer.
    package static func madeUp(_ name: String, shape: [Int], gain: Float) -> WeightFile.Tensor {
        let count = shape.reduce(1, *)
        let period = noise(seed: name, count: min(count, period)).map { scaled($0, name, shape, gain) }
        return WeightFile.Tensor(name, .float32, shape: shape, repeated(period, count: count))
    }

    /// Numbers from -1 up to 1.
    package static func noise(_ name: String, shape: [Int]) -> WeightFile.Tensor {
        let count = shape.reduce(1, *)
        let period = noise(seed: name, count: min(count, period))
        return WeightFile.Tensor(name, .float32, shape: shape, repeated(period, count: count))
    }

    /// A prime, so that the rows of a matrix all begin elsewhere in the numbers that repeat.
    private static let period = 8191

    private static func scaled(_ number: Float, _ name: String, _ shape: [Int], _ gain: Float) -> Float {
        if shape.count > 1 { return number * Float((6 / Double(shape.dropFirst().reduce(1, *))).squareRoot()) }
        if name.hasSuffix(".running_var") { return 1 + number / 2 }
        return name.hasSuffix(".weight") ? gain * (1 + number / 4) : number / 8
    }

    /// From -1 up to 1: FNV-1a makes a number of the name, and MurmurHash3's finalizer mixes those that follow it.
    private static func noise(seed name: String, count: Int) -> [Float] {
        let seed = name.utf8.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        return (0..<UInt32(count)).map { index in
            var mixed = index &+ seed
            mixed = (mixed ^ mixed >> 16) &* 0x85EB_CA6B
            mixed = (mixed ^ mixed >> 13) &* 0xC2B2_AE35
            return Float((mixed ^ mixed >> 16) >> 8) / 8_388_608 - 1
        }
    }

    private static func repeated(_ period: [Float], count: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { numbers, initialized in
            for start in stride(from: 0, to: count, by: period.count) {
                let end = min(start + period.count, count)
                _ = numbers[start..<end].initialize(fromContentsOf: period.prefix(end - start))
            }
            initialized = count
        }
    }
}
