import Testing
import Vectors

@testable import Embedders
@testable import Networks

@Suite struct GarmentRecognitionTests {
    private let layout = ViewLayout(parts: [
        ViewLayout.Part(view: .look, dimension: 80), ViewLayout.Part(view: .type, dimension: 2),
    ])

    /// Garments differ in the first 64 of 80 directions.
    private func recognition(factors: [Float] = [1, 0, 0]) throws -> GarmentRecognition {
        let directions = (0..<64).flatMap { row in (0..<80).map { Float(row == $0 ? 1 : 0) } }
        return try GarmentRecognition(
            WeightFile(floats: [
                ("look.centre", [80], [Float](repeating: 0, count: 80)), ("look.directions", [64, 80], directions),
                ("look.limit", [1], [0.5]), ("sureness", [3], factors),
            ]), layout: layout)
    }

    private func photo(_ look: [Int: Float], type: [Float] = [1, 0]) -> Embedding {
        Embedding((0..<80).map { look[$0] ?? 0 } + type)
    }

    @Test func whatLiesOutsideOfGarmentsLooksIsStrange() throws {
        let recognition = try recognition()
        #expect(recognition.usualStrangeness == 0.5)
        #expect(recognition.strangeness(of: photo([3: 0.6, 63: 0.8])) < 1e-3)
        #expect(abs(recognition.strangeness(of: photo([0: 0.6, 64: 0.8])) - 0.8) < 1e-6)
        #expect(abs(recognition.strangeness(of: photo([70: 1])) - 1) < 1e-6)
    }

    @Test func photosWhoseTypesAgreeAreProbablyOfOne() throws {
        let (recognition, half) = (try recognition(), Float(0.5).squareRoot())
        #expect(recognition.sameType(photo([0: 1]), photo([1: 1])) > 0.99)
        #expect(recognition.sameType(photo([0: 1]), photo([0: 1], type: [0, 1])) < 0.01)
        #expect(abs(recognition.sameType(photo([0: 1]), photo([0: 1], type: [half, half])) - 0.5) < 1e-6)
    }

    @Test func looksCountAsMuchAsWasLearnt() throws {
        let half = Float(0.5).squareRoot()
        let recognition = try recognition(factors: [0, 2, -1])
        let (same, other) = (photo([0: 1], type: [half, half]), photo([1: 1], type: [half, half]))
        #expect(abs(recognition.sameType(same, same) - 0.731) < 1e-3)
        #expect(abs(recognition.sameType(same, other) - 0.269) < 1e-3)
    }

    @Test(arguments: ["efficientnet-lite0", "efficientnet-lite1", "efficientnet-lite2"])
    func isKnownOfTheNetworksThatHaveLayers(model: String) throws {
        let limit = try #require(ModelChoice(model).recognition).usualStrangeness
        #expect(limit > 0.4 && limit < 0.8)
        #expect(try ModelChoice(model, features: .pooled).recognition == nil)
        #expect(try ModelChoice("resnet18", features: .views).recognition == nil)
    }

    @Test func refusesWhatIsOfOtherViews() throws {
        #expect(throws: WeightFileError.self) {
            try GarmentRecognition(
                WeightFile(floats: []), layout: ViewLayout(parts: [.init(view: .look, dimension: 80)]))
        }
        #expect(throws: WeightFileError.self) { try GarmentRecognition(WeightFile(floats: []), layout: layout) }
    }
}
