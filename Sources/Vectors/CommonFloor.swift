import Synchronization

/// A score below which nothing is wanted any more, as far as any of the tasks knows that divide an index among them.
final class CommonFloor: Sendable {
    private let key = Atomic<Int64>(.min)

    var value: Double {
        let key = key.load(ordering: .relaxed)
        return key == .min ? -.infinity : Double(bitPattern: UInt64(bitPattern: Self.reflected(key)))
    }

    func raise(to score: Double) {
        // Zeros of both signs are the same score.
        key.max(Self.reflected(Int64(bitPattern: (score + 0).bitPattern)), ordering: .relaxed)
    }

    /// Bits of floats are ordered as these are, but for those of negative ones, which go the other way round.
    private static func reflected(_ bits: Int64) -> Int64 { bits < 0 ? bits ^ .max : bits }
}
