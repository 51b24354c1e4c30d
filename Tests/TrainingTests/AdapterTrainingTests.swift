import Inference
import TestSupport
import Testing
import Vectors

@testable import Training

@Suite(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
struct AdapterTrainingTests {
    private let libraries = InstalledModels.libraries

    /// Which identity a vector is of is in few of its numbers; the others differ from photo to photo, and more.
    private func vectors(identities: Int, photos: Int) -> LabelledVectors {
        var random = LinearCongruence(seed: 11)
        func noise(_ size: Float) -> Float { Float.random(in: -size...size, using: &random) }
        var (numbers, numbersOf): ([Float], [Int]) = ([], [])
        for identity in 0..<identities {
            let centre = (0..<8).map { _ in noise(1) }
            for _ in 0..<photos {
                numbers += centre.map { $0 + noise(0.2) } + (0..<8).map { _ in noise(2) }
                numbersOf.append(identity)
            }
        }
        return LabelledVectors(
            numbers.rowsOfLengthOne(dimension: 16), dimension: 16, identities: numbersOf)
    }

    private func training(epochs: Int = 4) -> AdapterTraining {
        var training = AdapterTraining()
        training.epochs = epochs
        return training
    }

    @Test func learnsWhatTellsIdentitiesApart() throws {
        let vectors = vectors(identities: 40, photos: 5)
        let outcome = try training().run(on: vectors, libraries: libraries) { _ in true }
        let kept = vectors.rows(outcome.verdict.validation)
        #expect(outcome.verdict.validation.count == 50 && outcome.adapter.whitening != nil)
        #expect(kept.adapted(by: outcome.adapter).judgements.worth > kept.judgements.worth + 0.2)
        #expect(outcome.verdict.history.count == 4 && outcome.verdict.history.allSatisfy { $0.loss.isFinite })
    }

    @Test func learnsTheSameFromTheSameSeed() throws {
        let vectors = vectors(identities: 24, photos: 4)
        func adapter(seed: UInt64) throws -> VectorAdapter {
            var training = training(epochs: 2)
            training.seed = seed
            return try training.run(on: vectors, libraries: libraries) { _ in true }.adapter
        }
        #expect(try adapter(seed: 1) == adapter(seed: 1) && adapter(seed: 1) != adapter(seed: 2))
    }

    @Test func endsWhenItIsToldTo() throws {
        var told = 0
        let outcome = try training(epochs: 50).run(on: vectors(identities: 24, photos: 4), libraries: libraries) {
            event in
            if case .learnt(let epoch, _, _) = event {
                told = epoch
                return epoch < 2
            }
            return true
        }
        #expect(told == 2 && outcome.verdict.history.count == 2)
    }

    @Test func saysWhyNothingCanBeLearnt() {
        func problem(_ identities: [Int]) -> TrainingProblem? {
            var random = LinearCongruence(seed: 1)
            let numbers = identities.indices.flatMap { _ in
                (0..<4).map { _ in Float.random(in: -1...1, using: &random) }
            }
            let vectors = LabelledVectors(numbers, dimension: 4, identities: identities)
            do {
                _ = try training().run(on: vectors, libraries: libraries) { _ in true }
                return nil
            } catch { return error as? TrainingProblem }
        }
        #expect(problem([Int](repeating: 1, count: 40)) == .oneIdentity)
        #expect(problem(Array(0..<40)) == .onePhotoEach)
        #expect(problem([1, 1, 2, 2]) == .tooFew && problem([1, 1, 1, 2, 2, 2]) == .tooFew)
        #expect(problem([1]) == .oneIdentity)
        #expect(problem([]) == .oneIdentity)
    }
}
