import Vectors

/// The same numbers at each run (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

extension Embedding {
    static func random(_ dimension: Int, in range: ClosedRange<Float> = -1...1, _ random: inout SeededRandom)
        -> Embedding
    {
        Embedding((0..<dimension).map { _ in Float.random(in: range, using: &random) })
    }

    /// All zeros but for one number.
    static func axis(_ axis: Int, of dimension: Int, length: Float = 1) -> Embedding {
        Embedding((0..<dimension).map { $0 == axis ? length : 0 })
    }

    static func zero(_ dimension: Int) -> Embedding { Embedding([Float](repeating: 0, count: dimension)) }
}

extension ExactIndex {
    init(_ rows: [Embedding], metric: Metric) {
        self.init(dimension: rows[0].dimension, metric: metric)
        for row in rows { append(row) }
    }
}

extension Metric {
    /// How alike two embeddings are, as an index finds it.
    func similarity(_ left: Embedding, _ right: Embedding) -> Float {
        ExactIndex([right], metric: self).nearest(1, to: left)[0].similarity
    }
}
