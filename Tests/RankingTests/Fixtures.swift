import Ranking
import TestSupport

extension PatchVectors {
    /// Of one row for each place.
    init(rows: [[Float]]) { self.init(rows.flatMap(\.self), dimension: rows[0].count) }
}

/// Mostly alike, as places of photos are.
func madeUpPlaces(_ count: Int, _ random: inout SeededRandom) -> [[Float]] {
    (0..<count).map { _ in (0..<8).map { _ in Float.random(in: -0.2...1, using: &random) } }
}
