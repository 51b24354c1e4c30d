import CKernels

/// A query as codes are compared with it.
struct EncodedQuery {
    private static let planeCount = 6

    private let quantizer: Quantizer
    let head: [Int8]
    let principals: [Float]
    let headScale: Float
    /// How far the head may be off for having become bytes, and how long it is.
    let headError: Float
    let headLength: Float
    let tailLength: Float
    let planes: [UInt64]
    /// What sums of signs are to be multiplied by after `tailShift` was taken away.
    let tailScale: Float
    let tailSum: Float
    let tailError: Float
    /// The product of its unit vector and the mean.
    let base: Float

    init(_ query: ScoredQuery, by quantizer: Quantizer) {
        self.quantizer = quantizer
        var rest = [Float](repeating: 0, count: max(quantizer.dimension, quantizer.rotation.count))
        var principals = [Float](repeating: 0, count: quantizer.headCount)
        base = rest.withUnsafeMutableBufferPointer { rest in
            quantizer.centred(query.values, length: query.length, rest.baseAddress!)
            let base = Self.base(rest.baseAddress!, quantizer.mean)
            principals.withUnsafeMutableBufferPointer {
                quantizer.split(rest.baseAddress!, count: 1, heads: $0.baseAddress!)
            }
            quantizer.rotation.apply(to: rest.baseAddress!)
            return base
        }
        self.principals = principals
        (head, headScale, headError) = Self.bytes(principals)
        headLength = Self.length(principals)
        let tail = quantizer.rotation.count > 0 ? rest : []
        tailLength = Self.length(tail)
        (planes, tailScale, tailSum, tailError) = Self.planes(tail)
    }

    /// The centred query's product with the mean, and the mean's with itself.
    private static func base(_ centred: UnsafePointer<Float>, _ mean: [Float]) -> Float {
        var (product, square) = (0.0, 0.0)
        VectorLoops.best.products(centred, mean, mean.count, &product, &square)
        return Float(product + square)
    }

    private static func length(_ numbers: [Float]) -> Float {
        Float(numbers.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot())
    }

    private static func bytes(_ numbers: [Float]) -> ([Int8], scale: Float, error: Float) {
        let scale = numbers.reduce(0) { max($0, abs($1)) } / 127
        guard scale > 0 else { return (numbers.map { _ in 0 }, 0, length(numbers)) }
        let bytes = numbers.map { Int8(max(-127, min(127, ($0 / scale).rounded()))) }
        return (bytes, scale, length(zip(numbers, bytes).map { $0 - Float($1) * scale }))
    }

    /// Odd numbers of 7 bits with their sign, each bit but the lowest in a plane.
    private static func planes(_ numbers: [Float]) -> ([UInt64], scale: Float, sum: Float, error: Float) {
        let greatest = Float(1 << planeCount - 1)
        let scale = numbers.reduce(0) { max($0, abs($1)) } / greatest
        guard scale > 0 else {
            return ([UInt64](repeating: 0, count: numbers.count / 64 * planeCount), 0, 0, length(numbers))
        }
        let words = numbers.count / 64
        var planes = [UInt64](repeating: 0, count: words * planeCount)
        var (sum, error) = (0, Float(0))
        for (index, number) in numbers.enumerated() {
            let level = Int(max(0, min(greatest, ((number / scale + greatest) / 2).rounded())))
            let odd = 2 * level - (1 << planeCount - 1)
            sum += odd
            error += (number - Float(odd) * scale) * (number - Float(odd) * scale)
            for plane in 0..<planeCount where level >> plane & 1 == 1 {
                planes[plane * words + index / 64] |= 1 << UInt64(index % 64)
            }
        }
        return (planes, scale, Float(sum), error.squareRoot())
    }

    /// The product of its tail with signs, which are as many ones and minus ones.
    func tailProduct(_ signs: UnsafePointer<UInt64>) -> Float {
        let sum = VectorLoops.best.signs(planes, Self.planeCount, signs, quantizer.wordCount)
        return tailScale * (2 * Float(sum) - tailSum)
    }
}
