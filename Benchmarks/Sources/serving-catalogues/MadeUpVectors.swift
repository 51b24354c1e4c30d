import Foundation
import Vectors

/// Vectors of length one around 2,560 centres, which lie around 64 others, in 56 dimensions, taken by a random network of one
/// layer into as many dimensions as are asked for, with noise.
struct MadeUpVectors {
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var centres: [[Float]] = []
    private var first: [[Float]] = []
    private var second: [[Float]] = []
    private static let (inner, hidden) = (56, 256)

    init(dimension: Int) {
        let roots = (0..<64).map { _ in normals(Self.inner) }
        centres = (0..<2560).map { number in
            zip(roots[number % 64], normals(Self.inner)).map { $0 + 0.6 * $1 }
        }
        first = (0..<Self.hidden).map { _ in normals(Self.inner).map { $0 / 7.5 } }
        second = (0..<dimension).map { _ in normals(Self.hidden).map { $0 / 16 } }
    }

    mutating func next() -> Embedding {
        let centre = centres[Int(random() % UInt64(centres.count))]
        let point = zip(centre, normals(Self.inner)).map { $0 + $1 }
        let activity = first.map { tanh(Self.product($0, point)) }
        let noise = normals(second.count)
        let vector = zip(second, noise).map { Self.product($0, activity) + 0.03 * $1 }
        let length = Self.product(vector, vector).squareRoot()
        return Embedding(vector.map { $0 / length })
    }

    private static func product(_ left: [Float], _ right: [Float]) -> Float {
        var sum = SIMD8<Float>()
        left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                for start in stride(from: 0, to: left.count - 7, by: 8) {
                    for lane in 0..<8 { sum[lane] += left[start + lane] * right[start + lane] }
                }
            }
        }
        return sum.sum()
    }

    /// Marsaglia's xorshift (2003).
    private mutating func random() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    /// By Box and Muller (1958).
    private mutating func normals(_ count: Int) -> [Float] {
        (0..<count).map { _ in
            let radius = (-2 * Foundation.log(Double(random() >> 11 + 1) / Double(1 << 53))).squareRoot()
            return Float(radius * cos(2 * .pi * Double(random() >> 11) / Double(1 << 53)))
        }
    }
}
