import CKernels

/// How vectors become codes of a sixteenth of their size, of which follows within what bounds any two are alike.
///
/// A vector is divided by its length, and the mean of the vectors that the quantizer learnt from is taken away. Its *head*,
/// the share in the principal directions, is kept in bytes; of its *tail*, all the rest, a sign for each number after
/// a `Rotation` (RaBitQ: Gao & Long, SIGMOD 2024). Vectors of networks have most of what tells them apart in a few
/// directions, so that heads alone rule out nearly all of them.
struct Quantizer: Sendable {
    let dimension: Int
    let mean: [Float]
    /// `headCount` rows of `dimension` numbers.
    let basis: [Float]
    /// `dimension` rows of `headCount` numbers.
    private let transposedBasis: [Float]
    let rotation: Rotation
    /// A multiple of four.
    let headCount: Int
    /// The words of 64 signs that a tail takes.
    var wordCount: Int { rotation.count / 64 }

    /// Bytes for as many directions as there are bytes of signs; short vectors have no tail.
    static func headCount(dimension: Int) -> Int {
        dimension <= 64 ? (dimension + 3) / 4 * 4 : max(32, (dimension / 8 + 15) / 16 * 16)
    }

    init(mean: [Float], basis: [Float]) {
        dimension = mean.count
        headCount = Self.headCount(dimension: mean.count)
        precondition(basis.count == headCount * mean.count)
        self.mean = mean
        self.basis = basis
        transposedBasis = PrincipalBasis.transposed(basis, columns: mean.count)
        rotation = Rotation(count: Rotation.count(dimension: mean.count))
    }

    /// Of vectors in rows that are like those to come; a few times as many as they have numbers are enough.
    init(learningFrom sample: [Float], dimension: Int) {
        let count = sample.count / dimension
        var units = sample
        for row in 0..<count { Self.normalize(&units, row * dimension..<(row + 1) * dimension) }
        let mean = (0..<dimension).map { column in
            var sum = 0.0
            for row in 0..<count { sum += Double(units[row * dimension + column]) }
            return Float(sum / Double(max(1, count)))
        }
        for index in units.indices { units[index] -= mean[index % dimension] }
        let headCount = Self.headCount(dimension: dimension)
        if dimension <= 64 {
            self.init(mean: mean, basis: Self.axes(headCount, dimension: dimension))
        } else {
            self.init(mean: mean, basis: PrincipalBasis.leading(headCount, of: units, dimension: dimension))
        }
    }

    /// The axes themselves, and rows of zeros to fill up.
    private static func axes(_ count: Int, dimension: Int) -> [Float] {
        (0..<count * dimension).map { $0 / dimension == $0 % dimension ? 1 : 0 }
    }

    private static func normalize(_ numbers: inout [Float], _ range: Range<Int>) {
        var square = 0.0
        for index in range { square += Double(numbers[index]) * Double(numbers[index]) }
        guard square > 0 else { return }
        let scale = 1 / square.squareRoot()
        for index in range { numbers[index] = Float(Double(numbers[index]) * scale) }
    }

    /// Takes a vector apart: what is left of its unit vector without the mean.
    func centred(_ vector: UnsafePointer<Float>, length: Double, _ result: UnsafeMutablePointer<Float>) {
        // In double precision, since the shortest vectors have no inverse length in single.
        let scale = length > 0 ? 1 / length : 0
        mean.withUnsafeBufferPointer { mean in
            for index in 0..<dimension { result[index] = Float(Double(vector[index]) * scale) - mean[index] }
        }
    }

    /// The heads of centred vectors, which lie in rows, and takes them out of the vectors.
    func split(_ rows: UnsafeMutablePointer<Float>, count: Int, heads: UnsafeMutablePointer<Float>) {
        let loops = VectorLoops.best
        loops.matrix(rows, count, basis, headCount, dimension, heads)
        guard rotation.count > 0 else { return }
        guard count > 1 else { return takeOut(heads, of: rows) }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: count * dimension) { shares in
            loops.matrix(heads, count, transposedBasis, dimension, headCount, shares.baseAddress!)
            for index in 0..<count * dimension { rows[index] -= shares[index] }
        }
    }

    private func takeOut(_ head: UnsafePointer<Float>, of row: UnsafeMutablePointer<Float>) {
        basis.withUnsafeBufferPointer { basis in
            for direction in 0..<headCount {
                ck_add(row, basis.baseAddress! + direction * dimension, -head[direction], dimension)
            }
        }
    }
}
