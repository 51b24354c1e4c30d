import Catalogue
import Embedders
import SystemPackage
import Testing
import Vectors

@testable import VisualSearch

@Suite struct IndexRequestTests {
    private let views = ViewLayout(parts: [
        ViewLayout.Part(view: .look, dimension: 1), ViewLayout.Part(view: .colours, dimension: 1),
    ])

    private func answer(_ similarity: Float) -> SearchAnswer {
        SearchAnswer(
            results: [
                SearchResult(
                    rank: 1, path: "a.jpg", id: PhotoID(ofFile: []), similarity: similarity, isIdentical: false)
            ], identical: [],
            recall: nil)
    }

    @Test func asksOfAWholeEmbeddingAsItIs() {
        let options = SearchOptions(metric: .euclidean, threshold: 0.5)
        let request = IndexRequest(options, views: nil)
        #expect(request.options.metric == .euclidean && request.options.threshold == 0.5)
        #expect(request.vector(of: Embedding([3, 4])) == Embedding([3, 4]))
        #expect(request.answer(answer(0.7)) == answer(0.7))
    }

    @Test func weighsViewsInTheQueryAlone() {
        var options = SearchOptions()
        options.match = .garment
        let request = IndexRequest(options, views: views)
        #expect(request.options.metric == .dot)
        #expect(request.vector(of: Embedding([1, 1])) == Embedding([0.5, 0.5]))
        options.match = .pattern
        #expect(IndexRequest(options, views: views).vector(of: Embedding([1, 1])) == Embedding([1, 0]))
    }

    /// Whoever asks by distance finds the same photos, and similarities on the scale of distances.
    @Test(arguments: [Float(-1), -0.3, 0, 0.5, 0.99, 1])
    func answersOnTheScaleThatWasAskedFor(cosine: Float) throws {
        var options = SearchOptions(metric: .euclidean)
        let similarity = IndexRequest(options, views: views).answer(answer(cosine)).results[0].similarity
        #expect(abs(similarity - 1 / (1 + (2 - 2 * cosine).squareRoot())) < 1e-6)
        options.threshold = similarity
        let threshold = try #require(IndexRequest(options, views: views).options.threshold)
        #expect(abs(threshold - cosine) < 1e-5)
    }

    @Test func measuresRecallForEachMeaningByItself() {
        var names = Set([IndexRequest(SearchOptions(), views: nil).nearest(among: nil).name])
        for match in Match.allCases {
            var options = SearchOptions()
            options.match = match
            names.insert(IndexRequest(options, views: views).nearest(among: nil).name)
        }
        #expect(names.count == Match.allCases.count + 1)
    }
}
