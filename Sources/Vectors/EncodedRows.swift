import CKernels

/// Codes of some vectors, each number of them in an array of its own.
struct EncodedRows: Sendable {
    /// Bytes of heads less 128, one row behind the other.
    private(set) var heads: [UInt8] = []
    /// Of each vector: its length, and its product with the mean.
    private(set) var norms: [Float] = []
    private(set) var offsets: [Float] = []
    /// What a head’s bytes are to be multiplied by, how far they may then be off, and how long they are at most.
    private(set) var headScales: [UInt16] = []
    private(set) var headErrors: [UInt16] = []
    private(set) var longestHead: Float = 0
    /// How long tails are, what their signs are to be multiplied by, and how far they may then be off.
    private(set) var tailLengths: [UInt16] = []
    private(set) var tailScales: [UInt16] = []
    private(set) var tailErrors: [UInt16] = []
    private(set) var signs: [UInt64] = []
    /// The heads before they became bytes.
    private(set) var principals: [Float]

    /// Vectors lie in rows.
    init(_ vectors: UnsafePointer<Float>, count: Int, by quantizer: Quantizer) {
        principals = [Float](repeating: 0, count: count * quantizer.headCount)
        let dimension = quantizer.dimension
        withUnsafeTemporaryAllocation(of: Float.self, capacity: count * dimension + quantizer.rotation.count) { rest in
            let rows = rest.baseAddress!
            for row in 0..<count {
                centre(vectors + row * dimension, rows + row * dimension, by: quantizer)
            }
            principals.withUnsafeMutableBufferPointer {
                quantizer.split(rows, count: count, heads: $0.baseAddress!)
            }
            let turned = rows + count * dimension
            for row in 0..<count {
                encodeHead(row, quantizer)
                encodeTail(rows + row * dimension, turned, quantizer)
            }
        }
    }

    private mutating func centre(
        _ vector: UnsafePointer<Float>, _ row: UnsafeMutablePointer<Float>, by quantizer: Quantizer
    ) {
        let dimension = quantizer.dimension
        let loops = VectorLoops.best
        var (product, square) = (0.0, 0.0)
        loops.products(vector, vector, dimension, &product, &square)
        quantizer.centred(vector, length: square.squareRoot(), row)
        norms.append(Float(square.squareRoot()))
        loops.products(quantizer.mean, row, dimension, &product, &square)
        offsets.append(Float(product))
    }

    private mutating func encodeHead(_ row: Int, _ quantizer: Quantizer) {
        let head = principals[row * quantizer.headCount..<(row + 1) * quantizer.headCount]
        let scale = HalfFloat(roundedUp: head.reduce(0) { max($0, abs($1)) } / 127)
        var (error, square) = (0.0, 0.0)
        for number in head {
            let byte = scale.value > 0 ? (number / scale.value).rounded() : 0
            heads.append(UInt8(128 + byte))
            let kept = Double(byte) * Double(scale.value)
            error += (Double(number) - kept) * (Double(number) - kept)
            square += kept * kept
        }
        headScales.append(scale.bits)
        headErrors.append(HalfFloat(roundedUp: Float(error.squareRoot())).bits)
        longestHead = max(longestHead, Float(square.squareRoot()))
    }

    private mutating func encodeTail(
        _ tail: UnsafePointer<Float>, _ turned: UnsafeMutablePointer<Float>, _ quantizer: Quantizer
    ) {
        let count = quantizer.rotation.count
        guard count > 0 else { return appendTail(length: 0, sum: 0, count: 1) }
        turned.update(from: tail, count: quantizer.dimension)
        (turned + quantizer.dimension).update(repeating: 0, count: count - quantizer.dimension)
        quantizer.rotation.apply(to: turned)
        var (square, sum) = (Float(0), Float(0))
        let start = signs.count
        signs += repeatElement(0, count: quantizer.wordCount)
        signs.withUnsafeMutableBufferPointer {
            VectorLoops.best.signs(turned, quantizer.wordCount, $0.baseAddress! + start, &sum, &square)
        }
        appendTail(length: square.squareRoot(), sum: sum, count: count)
    }

    /// Signs times the mean of the numbers' sizes are as near to them as signs can be.
    private mutating func appendTail(length: Float, sum: Float, count: Int) {
        let scale = HalfFloat(roundedUp: sum / Float(count))
        let (length, sum, factor) = (Double(length), Double(sum), Double(scale.value))
        let square = length * length - 2 * factor * sum + factor * factor * Double(count)
        tailLengths.append(HalfFloat(roundedUp: Float(length)).bits)
        tailScales.append(scale.bits)
        tailErrors.append(HalfFloat(roundedUp: Float(max(0, square).squareRoot())).bits)
    }

    /// They are needed until the partition is known, and take more room than all the rest.
    mutating func dropPrincipals() { principals = [] }
}
