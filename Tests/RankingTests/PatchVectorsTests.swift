import Ranking
import TestSupport
import Testing

@Suite struct PatchVectorsTests {
    private func photos(_ count: Int, seed: UInt64) -> [PatchVectors] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { PatchVectors(rows: madeUpPlaces(5 + $0 % 4, &random)) }
    }

    @Test func lengthsOfPlacesDoNotCount() {
        let photo = PatchVectors(rows: [[3, 4], [0, 2]])
        #expect(photo == PatchVectors([6, 8, 0, 1] as [Int8], dimension: 2))
        #expect(photo.count == 2)
    }

    @Test func aPhotoIsItself() {
        for photo in photos(10, seed: 3) {
            #expect(abs(photo.maximumSimilarity(to: photo) - 1) < 1e-5)
            #expect(abs(photo.transportSimilarity(to: photo) - 1) < 0.02)
        }
    }

    @Test func isTheSameTheOtherWayRound() {
        for (one, other) in zip(photos(20, seed: 4), photos(20, seed: 5)) {
            #expect(abs(one.maximumSimilarity(to: other) - other.maximumSimilarity(to: one)) < 1e-6)
            #expect(abs(one.transportSimilarity(to: other) - other.transportSimilarity(to: one)) < 0.02)
            #expect((-1.0001...1.0001).contains(one.maximumSimilarity(to: other)))
        }
    }

    /// Nothing costs less than the cheapest plan; and a place may always go where it is cheapest.
    @Test func whatIsNearlyTheDistanceIsNeverLess() {
        for (one, other) in zip(photos(40, seed: 6), photos(40, seed: 7)) {
            let (near, exact) = (one.transportSimilarity(to: other), PatchMatching(one, other).similarity)
            #expect(near <= exact + 1e-6 && near > exact - 0.02)
            #expect(exact <= 1 - one.transport(to: other).lowerBound + 1e-6)
        }
    }

    @Test func eachPlaceIsComparedWithTheOneThatIsMostLikeIt() {
        let (shirt, button): ([Float], [Float]) = ([1, 0], [0, 1])
        let (plain, buttoned) = (
            PatchVectors(rows: [shirt, shirt]), PatchVectors(rows: [shirt, button, shirt, shirt])
        )
        // All of the plain one is in the other, and three of four the other way round.
        #expect(abs(plain.maximumSimilarity(to: buttoned) - (1 + 0.75) / 2) < 1e-6)
    }

    /// As places are on which a network sees nothing.
    @Test func placesWithoutADirectionAreLikeNoOther() {
        let (empty, full) = (
            PatchVectors([0, 0] as [Int8], dimension: 2), PatchVectors([5, 0] as [Int8], dimension: 2)
        )
        #expect(empty.maximumSimilarity(to: full) == 0 && empty.transportSimilarity(to: full) == 0)
    }
}
