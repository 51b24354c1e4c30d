/// Fewer numbers for vectors, by directions at random that are the same each time: how far vectors are from one another stays
/// nearly as it was (Johnson & Lindenstrauss 1984; each factor 1 or -1, as in Achlioptas 2003, theorem 1.1).
public struct RandomProjection: Sendable {
    /// How many numbers vectors have before.
    public let dimension: Int
    private let rows: [Float]

    /// From vectors of `dimension` numbers to such of `target`.
    public init(from dimension: Int, to target: Int) {
        self.dimension = dimension
        var random = LinearCongruence(seed: UInt64(dimension))
        rows = (0..<dimension * target).map { _ in random.next() >> 63 == 0 ? 1 : -1 }
    }

    /// Of vectors that lie one after the other, so that their lengths are about the square root of `target` times what they were.
    public func applied(to vectors: [Float]) -> [Float] { vectors.products(withRows: rows, dimension: dimension) }
}
