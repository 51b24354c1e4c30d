import CKernels

/// An orthogonal transform that mixes all numbers of a vector, and is the same each time.
///
/// Signs at random and Walsh-Hadamard transforms in turn, as fast as a few additions for each number. Where there are not
/// a power of two numbers, transforms of the first and of the last ones overlap (RaBitQ, Gao & Long 2024, rotates by a
/// random matrix; the transform is that of its authors' library).
struct Rotation: Sendable {
    /// How many numbers it takes: a multiple of 64.
    let count: Int
    private let window: Int
    private let rounds: Int
    private let factors: [Float]

    /// For the tails of vectors of so many numbers; short ones have none.
    static func count(dimension: Int) -> Int { dimension <= 64 ? 0 : (dimension + 63) / 64 * 64 }

    init(count: Int) {
        precondition(count % 64 == 0)
        self.count = count
        window = count == 0 ? 0 : 1 << (Int.bitWidth - 1 - count.leadingZeroBitCount)
        rounds = window == count ? 3 : 4
        var random = LinearCongruence(seed: UInt64(count))
        let length = 1 / Float(max(1, window)).squareRoot()
        let (count, window) = (count, window)
        factors = (0..<rounds).flatMap { round in
            let start = Self.start(of: round, count, window)
            return (0..<count).map { index in
                let sign: Float = random.next() >> 63 == 0 ? 1 : -1
                return index >= start && index < start + window ? sign * length : sign
            }
        }
    }

    private static func start(of round: Int, _ count: Int, _ window: Int) -> Int {
        round % 2 == 0 ? 0 : count - window
    }

    func apply(to numbers: UnsafeMutablePointer<Float>) {
        factors.withUnsafeBufferPointer { factors in
            for round in 0..<rounds {
                for index in 0..<count { numbers[index] *= factors[round * count + index] }
                ck_hadamard(numbers + Self.start(of: round, count, window), window)
            }
        }
    }
}
