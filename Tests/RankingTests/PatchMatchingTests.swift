import Ranking
import TestSupport
import Testing

@Suite struct PatchMatchingTests {
    private func places(_ count: Int, _ random: inout SeededRandom) -> [[Float]] { madeUpPlaces(count, &random) }

    @Test func aPhotoIsItselfInWhicheverOrderItsPlacesAre() {
        var random = SeededRandom(seed: 8)
        let photo = places(12, &random)
        let shuffled = photo.indices.shuffled(using: &random)
        let matching = PatchMatching(PatchVectors(rows: photo), PatchVectors(rows: shuffled.map { photo[$0] }))
        #expect(abs(matching.similarity - 1) < 1e-6)
        // Means that are added up in another order differ by a rounding, which is moved elsewhere.
        for match in matching.matches where match.share > 1e-5 { #expect(shuffled[match.right] == match.left) }
        #expect(abs(matching.matches.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    }

    @Test func isTheSameTheOtherWayRound() {
        var random = SeededRandom(seed: 9)
        for _ in 0..<20 {
            let (left, right) = (
                PatchVectors(rows: places(7, &random)), PatchVectors(rows: places(9, &random))
            )
            let (one, other) = (PatchMatching(left, right), PatchMatching(right, left))
            #expect(abs(one.similarity - other.similarity) < 1e-6)
            #expect((-1...1).contains(one.similarity))
        }
    }

    /// Two places of the left photo are in the right one, which has another beside them.
    @Test func theStrongestMatchesComeFirst() {
        let (shirt, button, floor): ([Float], [Float], [Float]) = ([1, 0, 0], [0.6, 0.8, 0], [0, 0, 1])
        let matching = PatchMatching(
            PatchVectors(rows: [shirt, button]), PatchVectors(rows: [floor, button, shirt]))
        #expect(matching.matches.prefix(2).map { [$0.left, $0.right] }.contains([0, 2]))
        #expect(matching.matches.prefix(2).map { [$0.left, $0.right] }.contains([1, 1]))
        #expect(matching.matches.prefix(2).allSatisfy { abs($0.similarity - 1) < 1e-6 })
        #expect(matching.matches.allSatisfy { $0.right != 0 || $0.share < 0.1 })
    }

    @Test func photosThatHaveNothingInCommonAreMatchedAllTheSame() {
        let matching = PatchMatching(PatchVectors(rows: [[1, 0], [1, 0]]), PatchVectors(rows: [[-1, 0]]))
        #expect(abs(matching.similarity + 1) < 1e-9)
        #expect(abs(matching.matches.reduce(0) { $0 + $1.share } - 1) < 1e-9)
    }
}
