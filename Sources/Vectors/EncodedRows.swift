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
    /// Bytes of tails less 128, what they are to be multiplied by, and how far they may then be off.
    private(set) var tails: [UInt8] = []
    private(set) var byteScales: [UInt16] = []
    private(set) var byteErrors: [UInt16] = []
    /// The heads before they became bytes.
    private(set) var principals: [Float]

    /// Vectors lie in rows.
    init(_ vectors: UnsafePointer<Float>, count: Int, by quantizer: Quantizer) {
        principals = [Float](repeating: 0, count: count * quantizer.headCount)
        heads.reserveCapacity(count * quantizer.headCount)
        signs.reserveCapacity(count * quantizer.wordCount)
        tails.reserveCapacity(count * quantizer.rotation.count)
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
        let (scale, error) = head.withUnsafeBufferPointer { heads.append(bytesOf: $0) }
        headScales.append(scale.bits)
        headErrors.append(error.bits)
        let square = head.reduce(0) { $0 + Double($1) * Double($1) }
        longestHead = max(longestHead, Float(square.squareRoot()) + error.value)
    }

    private mutating func encodeTail(
        _ tail: UnsafePointer<Float>, _ turned: UnsafeMutablePointer<Float>, _ quantizer: Quantizer
    ) {
        let count = quantizer.rotation.count
        guard count > 0 else { return appendTail(length: 0, sum: 0, count: 1, HalfFloat(bits: 0), HalfFloat(bits: 0)) }
        turned.update(from: tail, count: quantizer.dimension)
        (turned + quantizer.dimension).update(repeating: 0, count: count - quantizer.dimension)
        quantizer.rotation.apply(to: turned)
        var (square, sum) = (Float(0), Float(0))
        let start = signs.count
        signs += repeatElement(0, count: quantizer.wordCount)
        signs.withUnsafeMutableBufferPointer {
            VectorLoops.best.signs(turned, quantizer.wordCount, $0.baseAddress! + start, &sum, &square)
        }
        let (byteScale, byteError) = tails.append(bytesOf: UnsafeBufferPointer(start: turned, count: count))
        appendTail(length: square.squareRoot(), sum: sum, count: count, byteScale, byteError)
    }

    /// Signs times the mean of the numbers' sizes are as near to them as signs can be.
    private mutating func appendTail(
        length: Float, sum: Float, count: Int, _ byteScale: HalfFloat, _ byteError: HalfFloat
    ) {
        byteScales.append(byteScale.bits)
        byteErrors.append(byteError.bits)
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

extension [UInt8] {
    /// Adds numbers in bytes less 128; returns what these are to be multiplied by, and how far they are off then.
    fileprivate mutating func append(bytesOf numbers: UnsafeBufferPointer<Float>) -> (
        scale: HalfFloat, error: HalfFloat
    ) {
        let (loops, place) = (VectorLoops.best, count)
        let scale = HalfFloat(roundedUp: loops.greatest_size(numbers.baseAddress!, numbers.count) / 127)
        append(contentsOf: repeatElement(0, count: numbers.count))
        let square = withUnsafeMutableBytes {
            let bytes = ($0.baseAddress! + place).assumingMemoryBound(to: Int8.self)
            return loops.bytes(numbers.baseAddress!, numbers.count, scale.value, 128, bytes)
        }
        return (scale, HalfFloat(roundedUp: square.squareRoot() * 1.001))
    }
}
