import CKernels

/// A query as codes are compared with it.
///
/// The *likeness* by which they are compared orders vectors as scores do: it is the cosine, the dot product, or twice the
/// dot product less the square of the vector's length, which is the negative squared distance but for the square of the
/// query's length.
final class EncodedQuery {
    /// Bits of each number of the tail.
    private static let planeCount = 6
    /// What rounding of 32-bit floats may add up to in sums of products of unit vectors.
    private static let slack: Float = 2e-5
    /// The share of the square of a vector's length that rounding may be off.
    private static let squareSlack: Float = 4e-6
    /// Standard deviations within which estimates by signs lie for all but one of some ten thousand vectors.
    private static let deviations: Float = 4

    /// The query's share in the principal directions.
    let principals: [Float]
    private let metric: Metric
    private let length: Double
    private let head: Numbers<Int8>
    private let tail: TailBits
    private let tailBytes: Numbers<Int8>
    private let codes: VectorCodes
    // As the loops take them; valid as long as what they point into is kept.
    private let query: ck_query
    private let arrays: ck_codes

    init(_ query: ScoredQuery, for codes: VectorCodes, effort: SearchEffort) {
        let (principals, tail, base) = Self.parts(of: query, codes.quantizer)
        let (head, headScale, headError) = Self.bytes(principals)
        self.tail = TailBits(tail, planes: Self.planeCount)
        (metric, length) = (query.metric, query.length)
        let (tailBytes, byteScale, byteError) = Self.bytes(tail)
        (self.principals, self.head, self.tailBytes) = (principals, head, tailBytes)
        self.query = ck_query(
            head: head.pointer(to: 0), planes: self.tail.planes.pointer(to: 0), plane_count: Self.planeCount,
            tail_sum: self.tail.sum, tail_bytes: tailBytes.pointer(to: 0), byte_scale: byteScale,
            byte_error: byteError, head_scale: headScale, head_length: principals.length,
            head_error: headError * codes.longestHead, tail_scale: self.tail.scale, tail_length: tail.length,
            tail_error: self.tail.error, base: base, slack: Self.slack,
            linear: Float(metric == .euclidean ? 2 * length : length),
            square: metric == .euclidean ? 1 - Self.squareSlack : 0,
            deviations: effort == .exact ? .infinity : Self.deviations)
        self.codes = codes
        arrays = codes.arrays(forLengths: metric != .cosine)
    }

    /// Its unit vector without the mean, in the principal directions and in all others, which are turned; and what its
    /// product with the mean adds to all cosines.
    private static func parts(of query: ScoredQuery, _ quantizer: Quantizer)
        -> (principals: [Float], tail: [Float], base: Float)
    {
        var rest = [Float](repeating: 0, count: max(quantizer.dimension, quantizer.rotation.count))
        var principals = [Float](repeating: 0, count: quantizer.headCount)
        let base = rest.withUnsafeMutableBufferPointer { rest in
            let rest = rest.baseAddress!
            quantizer.centred(query.values, length: query.length, rest)
            var (product, square) = (0.0, 0.0)
            VectorLoops.best.products(rest, quantizer.mean, quantizer.dimension, &product, &square)
            principals.withUnsafeMutableBufferPointer { quantizer.split(rest, count: 1, heads: $0.baseAddress!) }
            quantizer.rotation.apply(to: rest)
            return Float(product + square)
        }
        return (principals, quantizer.rotation.count > 0 ? rest : [], base)
    }

    private static func bytes(_ numbers: [Float]) -> (Numbers<Int8>, scale: Float, error: Float) {
        let loops = VectorLoops.best
        let scale = loops.greatest_size(numbers, numbers.count) / 127
        var square: Float = 0
        let bytes = Numbers<Int8>(count: numbers.count) {
            square = loops.bytes(numbers, numbers.count, scale, 0, $0.baseAddress!)
        }
        return (bytes, scale, square.squareRoot() + numbers.length * 1e-5)
    }

    /// What is less alike cannot have the score, whatever was rounded.
    func likeness(ofScore score: Double) -> Float {
        guard score.isFinite else { return Float(score) }
        let square = metric == .euclidean ? length * length : 0
        return Float(score + square - 1e-6 * (abs(score) + square))
    }

    /// Those of some candidates that may have a likeness by the bytes of their tails.
    func refine(_ candidates: inout [ck_candidate], least: Float, by loops: ck_vector_loops = VectorLoops.best) {
        let left = withExtendedLifetime(self) {
            withUnsafePointers { loops.refine($0, $1, least, &candidates, candidates.count) }
        }
        candidates.removeLast(candidates.count - left)
    }

    /// The rows of a range, both of whose ends are multiples of the group, that may have a likeness.
    func candidates(
        in rows: Range<Int>, least: Float, _ candidates: UnsafeMutableBufferPointer<ck_candidate>,
        by loops: ck_vector_loops = VectorLoops.best
    ) -> Int {
        withExtendedLifetime(self) {
            withUnsafePointers {
                loops.search($0, $1, rows.lowerBound, rows.count, least, candidates.baseAddress!)
            }
        }
    }

    private func withUnsafePointers<Result>(_ body: (UnsafePointer<ck_codes>, UnsafePointer<ck_query>) -> Result)
        -> Result
    {
        withUnsafePointer(to: arrays) { arrays in withUnsafePointer(to: query) { body(arrays, $0) } }
    }
}

/// The tail of a query in odd numbers with a sign, of which all but the lowest bit lie in planes.
private struct TailBits {
    let planes: Numbers<UInt64>
    let scale: Float
    let sum: Int32
    let error: Float

    init(_ numbers: [Float], planes planeCount: Int) {
        let (loops, words) = (VectorLoops.best, numbers.count / 64)
        let scale = loops.greatest_size(numbers, numbers.count) / Float(1 << planeCount - 1)
        var (sum, square) = (Int32(0), Float(0))
        planes = Numbers(count: words * planeCount) {
            guard scale > 0 else { return }
            loops.planes(numbers, words, planeCount, scale, $0.baseAddress!, &sum, &square)
        }
        (self.scale, self.sum) = (scale, sum)
        error = square.squareRoot() + numbers.length * 1e-5
    }
}

extension [Float] {
    fileprivate var length: Float { Float(reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()) }
}
