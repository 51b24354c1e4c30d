import Evaluation
import Testing
import Vectors

@Suite struct RetrievalQualityTests {
    /// Points on a line that begins at 1, so that their cosines fall with their distance along it.
    private func points(_ places: Float...) -> [Embedding] { places.map { Embedding([1, $0]) } }

    @Test func isPerfectWhereLabelsAreFarApart() throws {
        let quality = try RetrievalQuality(of: points(0, 0.01, 5, 5.1, 0.02), labels: ["a", "a", "b", "b", "a"])
        #expect(quality.queryCount == 5)
        #expect(quality.precisionAtOne == Estimate([1, 1, 1, 1, 1]))
        #expect(quality.meanAveragePrecision.mean == 1)
    }

    /// From 0 the order is 0.1 b, 0.2 a, 0.4 a: average precision (1/2 + 2/3) / 2. From 0.2: 0.1 b, 0 a, 0.4 a, the same.
    /// From 0.4: 0.2 a, 0.1 b, 0 a: (1 + 2/3) / 2. There is only one b, which cannot ask.
    @Test func countsByHand() throws {
        let quality = try RetrievalQuality(of: points(0, 0.1, 0.2, 0.4), labels: ["a", "b", "a", "a"])
        #expect(quality.queryCount == 3)
        #expect(abs(quality.precisionAtOne.mean - 1.0 / 3) < 1e-12)
        let expected = ((1.0 / 2 + 2.0 / 3) / 2 * 2 + (1 + 2.0 / 3) / 2) / 3
        #expect(abs(quality.meanAveragePrecision.mean - expected) < 1e-12)
    }

    @Test func isNothingWhereEveryLabelIsAlone() throws {
        let quality = try RetrievalQuality(of: points(0, 1, 2), labels: ["a", "b", "c"])
        #expect(quality.queryCount == 0 && quality.precisionAtOne.mean == 0)
        #expect(try RetrievalQuality(of: [], labels: []).queryCount == 0)
    }

    @Test func neverDependsOnTheOrderWhereNothingIsEquallyFar() throws {
        var random = SystemRandomNumberGenerator()
        let photos = (0..<30).map { (Embedding([1, Float($0 * $0) / 7]), "\($0 % 4)") }
        func mean(_ photos: [(Embedding, String)]) throws -> Double {
            try RetrievalQuality(of: photos.map(\.0), labels: photos.map(\.1)).meanAveragePrecision.mean
        }
        #expect(try abs(mean(photos) - mean(photos.shuffled(using: &random))) < 1e-12)
    }
}
