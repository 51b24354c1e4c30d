import CKernels

/// How alike a query and vectors can be by their codes, on a scale that orders as scores do.
///
/// The *likeness* is the cosine, the dot product, or twice the dot product less the square of the vector's length, which
/// is the negative squared distance but for the square of the query's length.
struct Limits {
    /// What rounding of 32-bit floats may add up to in sums of products of unit vectors.
    private static let slack: Float = 2e-5
    /// Of the square of a length, the share that rounding may be off.
    private static let squareSlack: Float = 4e-6
    /// Standard deviations within which estimates by signs lie for all but one of some ten thousand vectors.
    private static let deviations: Float = 4

    private let metric: Metric
    private let length: Double
    private let query: EncodedQuery
    private let codes: VectorCodes
    private let limits: ck_limits

    init(_ query: ScoredQuery, _ encoded: EncodedQuery, _ codes: VectorCodes) {
        metric = query.metric
        length = query.length
        self.query = encoded
        self.codes = codes
        limits = ck_limits(
            offsets: codes.offsets.pointer(to: 0), head_scales: codes.headScales.pointer(to: 0),
            head_errors: codes.headErrors.pointer(to: 0), tail_lengths: codes.tailLengths.pointer(to: 0),
            norms: metric == .cosine ? nil : codes.norms.pointer(to: 0), base: encoded.base,
            scale: encoded.headScale, head_length: encoded.headLength, tail_length: encoded.tailLength,
            slack: encoded.headError * codes.longestHead + Self.slack, zero: 128 * encoded.head.reduce(0) { $0 + Int32($1) },
            linear: Float(metric == .euclidean ? 2 * length : length),
            square: metric == .euclidean ? 1 - Self.squareSlack : 0)
    }

    /// What has less cannot have the score, whatever was rounded.
    func likeness(ofScore score: Double) -> Float {
        guard score.isFinite else { return Float(score) }
        let likeness = metric == .euclidean ? score + length * length : score
        let size = metric == .euclidean ? abs(score) + length * length : abs(score)
        return Float(likeness - 1e-6 * size)
    }

    /// Those of some slots that may have at least a likeness by their heads: their numbers among these slots, and the
    /// sums of the heads of all.
    func within(
        _ slots: Range<Int>, least: Float, _ rows: UnsafeMutableBufferPointer<UInt32>,
        _ sums: UnsafeMutableBufferPointer<Int32>
    ) -> Int {
        let loops = VectorLoops.best
        loops.heads(
            query.head, codes.heads.pointer(to: slots.lowerBound * query.head.count), query.head.count,
            slots.count / VectorCodes.group, sums.baseAddress!)
        var limits = limits
        limits.offsets += slots.lowerBound
        limits.head_scales += slots.lowerBound
        limits.head_errors += slots.lowerBound
        limits.tail_lengths += slots.lowerBound
        limits.norms = limits.norms.map { $0 + slots.lowerBound }
        return loops.within(&limits, sums.baseAddress!, slots.count, least, rows.baseAddress!)
    }

    /// What all codes of a vector say, and the sum of its head.
    func estimate(_ slot: Int, sum: Int32, _ effort: SearchEffort) -> (likeness: Float, most: Float) {
        let head =
            codes.offsets[slot] + limits.base
            + HalfFloat(bits: codes.headScales[slot]).value * limits.scale * Float(sum - limits.zero)
        let headError = HalfFloat(bits: codes.headErrors[slot]).value * limits.head_length + limits.slack
        let tail = TailEstimate(slot, codes, query)
        let certain = head + tail.nearest + tail.error
        let likely = head + tail.expected + Self.deviations * tail.deviation
        let most = (effort == .exact ? certain : min(certain, likely)) + headError
        let norm = metric == .cosine ? 1 : codes.norms[slot]
        return (likeness(ofCosine: head + tail.expected, norm), likeness(ofCosine: most, norm))
    }

    private func likeness(ofCosine cosine: Float, _ norm: Float) -> Float {
        metric == .cosine ? cosine : norm * (cosine * limits.linear - norm * limits.square)
    }
}

/// What the signs of a vector say of the product of its tail with the query's.
private struct TailEstimate {
    /// With the least error that is certain.
    private(set) var nearest: Float = 0
    private(set) var error: Float = 0
    /// Without bias (RaBitQ, theorem 3.2), since the tails of neighbours point the same way more than signs can say.
    private(set) var expected: Float = 0
    private(set) var deviation: Float = 0

    init(_ slot: Int, _ codes: VectorCodes, _ query: EncodedQuery) {
        let scale = HalfFloat(bits: codes.tailScales[slot]).value
        guard scale > 0 else { return }
        let count = Float(codes.quantizer.rotation.count)
        let product = query.tailProduct(codes.signs.pointer(to: slot * codes.quantizer.wordCount))
        let length = HalfFloat(bits: codes.tailLengths[slot]).value
        nearest = scale * product
        error =
            query.tailLength * HalfFloat(bits: codes.tailErrors[slot]).value
            + query.tailError * scale * count.squareRoot()
        let unbiased = length * length / (scale * count)
        expected = unbiased * product
        deviation = query.tailLength * max(0, unbiased * unbiased * count - length * length).squareRoot() / count.squareRoot()
    }
}
