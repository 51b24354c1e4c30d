import Embedders
import TestSupport
import Testing
import Vectors

@Suite struct ViewLayoutTests {
    private let layout = ViewLayout(parts: [
        ViewLayout.Part(view: .look, dimension: 3), ViewLayout.Part(view: .colours, dimension: 2),
    ])

    private func photo(_ random: inout SeededRandom) -> Embedding {
        func part(_ count: Int) -> [Float] {
            Embedding((0..<count).map { _ in .random(in: -1...1, using: &random) }).normalized.values
        }
        return Embedding(part(3) + part(2))
    }

    private func dot(_ left: ArraySlice<Float>, _ right: ArraySlice<Float>) -> Double {
        zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    @Test func knowsWhereEachViewLies() {
        #expect(layout.dimension == 5)
        #expect(layout.range(of: .look) == 0..<3 && layout.range(of: .colours) == 3..<5)
        #expect(layout.range(of: .type) == nil)
    }

    @Test func dotProductsAreTheWeightedMeansOfTheViewsCosines() {
        var random = SeededRandom(seed: 3)
        for _ in 0..<100 {
            let (left, right) = (photo(&random), photo(&random))
            let weights: [View: Double] = [
                .look: .random(in: 0.1...2, using: &random), .colours: .random(in: 0...2, using: &random), .type: 7,
            ]
            let (look, colours) = (weights[.look]!, weights[.colours]!)
            let expected =
                (look * dot(left.values[..<3], right.values[..<3]) + colours
                    * dot(left.values[3...], right.values[3...]))
                / (look + colours)
            let found = dot(layout.query(left, weights: weights).values[...], right.values[...])
            #expect(abs(found - expected) < 1e-6)
        }
    }

    @Test func aPhotoIsMostLikeItselfHoweverViewsAreWeighed() {
        var random = SeededRandom(seed: 4)
        let photos = (0..<50).map { _ in photo(&random) }
        for weights in [[View.look: 1.0], [.colours: 2], [.look: 1, .colours: 0.1]] {
            for photo in photos {
                let query = layout.query(photo, weights: weights)
                let own = dot(query.values[...], photo.values[...])
                #expect(
                    abs(own - 1) < 1e-6 && photos.allSatisfy { dot(query.values[...], $0.values[...]) <= own + 1e-6 })
            }
        }
    }

    @Test func nothingCountsWithoutWeights() {
        var random = SeededRandom(seed: 5)
        #expect(layout.query(photo(&random), weights: [.type: 1]).values == [0, 0, 0, 0, 0])
    }
}
