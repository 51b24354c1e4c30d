import Imaging
import Inference
import Networks
import Synchronization
import TestSupport
import Testing
import Vectors

@testable import Training

@Suite(.enabled(if: InstalledModels.areThere, Comment(rawValue: InstalledModels.absence)))
struct NetworkTrainingTests {
    private let photos = MadePhotos(identities: 4, each: 24)
    private let painter = UNet(inputSide: 16, width: 4, levels: 2, hasBridges: true)

    /// What was kept, and what was told.
    private final class Witness: Sendable {
        let kept = Mutex<[TrainingCheckpoint]>([])
        let events = Mutex<[TrainingEvent]>([])

        var losses: [Double] {
            events.withLock { $0.compactMap { if case .stepped(_, _, let loss) = $0 { loss } else { nil } } }
        }
    }

    private func painting(_ network: UNet? = nil, seed: UInt64 = 1) throws -> NetworkRecipe {
        let network = network ?? painter
        return try .painting(network, input: TinyNetwork.input, seed: seed)
    }

    /// Learns until so many steps are done.
    private func learn(
        _ recipe: NetworkRecipe, _ photos: MadePhotos, epochs: Int = 2, from checkpoint: TrainingCheckpoint? = nil,
        steps: Int = .max, interval: Duration = .seconds(60), seed: UInt64 = 1, _ witness: Witness = Witness()
    ) async throws -> NetworkTraining.Outcome {
        var training = NetworkTraining(recipe)
        (training.epochs, training.interval, training.seed) = (epochs, interval, seed)
        training.patience = epochs
        var done = 0
        return try await training.run(
            on: photos, knownBy: photos.known, plan: "plan", from: checkpoint, libraries: InstalledModels.libraries,
            keep: { checkpoint in witness.kept.withLock { $0.append(checkpoint) } },
            tell: { event in
                witness.events.withLock { $0.append(event) }
                if case .stepped = event { done += 1 }
                return done < steps
            })
    }

    @Test func learnsToTellApartWhatLabelsTellApart() async throws {
        let outcome = try await learn(TinyNetwork.recipe(), photos, epochs: 80)
        #expect(outcome.verdict.validation.count == 24)
        #expect(outcome.verdict.after.worth > outcome.verdict.before.worth + 0.2)
        #expect(outcome.verdict.history.last!.loss < outcome.verdict.history[0].loss)
        #expect(outcome.paintings.isEmpty && outcome.vectors.count == 24)
    }

    /// The first layers, and what normalizations gathered, are as they were.
    @Test func changesTheLastLayersAlone() async throws {
        let recipe = try TinyNetwork.recipe()
        let learnt = try await learn(recipe, photos).weights
        #expect(Set(learnt.tensors.keys) == Set(recipe.weights.tensors.keys))
        for (name, tensor) in learnt.tensors {
            let isLearnt = name.hasPrefix("last.") && !name.contains("running")
            #expect((tensor.floats == recipe.weights.tensors[name]?.floats) != isLearnt, "\(name)")
        }
    }

    @Test(arguments: [false, true])
    func learnsToPaint(hasBridges: Bool) async throws {
        let witness = Witness()
        let network = UNet(inputSide: 16, width: 4, levels: 2, hasBridges: hasBridges)
        let outcome = try await learn(painting(network), photos, epochs: 20, witness)
        let (first, last): (Double, Double) = (
            witness.losses.prefix(9).reduce(0, +), witness.losses.suffix(9).reduce(0, +)
        )
        #expect(last < 0.7 * first)
        #expect(outcome.paintings.count == 8 && outcome.verdict.history.count == 20)
        let painting = outcome.paintings[0]
        #expect(painting.painted.size == .square(16) && outcome.verdict.validation.contains(painting.row))
        let whole = photos.picture(of: painting.row, for: TinyNetwork.input)
        #expect((painting.seen == whole) != hasBridges)
    }

    @Test func learnsTheSameFromTheSameSeed() async throws {
        func weights(_ seed: UInt64) async throws -> [String: [Float]] {
            try await learn(painting(seed: seed), photos, epochs: 1, seed: seed).weights.tensors.mapValues(\.floats)
        }
        let first = try await weights(1)
        #expect(try await weights(1) == first)
        #expect(try await weights(2) != first)
    }

    /// As if nothing had happened, wherever it was interrupted.
    @Test(arguments: [1, 4, 9, 13])
    func goesOnWhereItWasInterrupted(steps: Int) async throws {
        let whole = try await learn(painting(), photos)
        let witness = Witness()
        _ = try await learn(painting(), photos, steps: steps, witness)
        let kept = try #require(witness.kept.withLock { $0.last })
        let read = try TrainingCheckpoint(WeightFile(safetensors: kept.tensors.safetensors()))
        #expect(read.plan == "plan")
        let rest = Witness()
        let resumed = try await learn(painting(), photos, from: read, rest)
        #expect(resumed.weights.tensors.mapValues(\.floats) == whole.weights.tensors.mapValues(\.floats))
        #expect(resumed.verdict.after == whole.verdict.after && resumed.verdict.history.count == 2)
        #expect(resumed.verdict.history.map(\.loss) == whole.verdict.history.map(\.loss))
        #expect(rest.losses.count < 18)
    }

    /// From any step that was kept, not only from the end of a time over all photos.
    @Test func isKeptFromTimeToTime() async throws {
        let witness = Witness()
        let whole = try await learn(painting(), photos, epochs: 1, interval: .zero, witness)
        let kept = witness.kept.withLock { $0 }
        // After each step, and once more at the end.
        #expect(kept.count == 10)
        let resumed = try await learn(painting(), photos, epochs: 1, from: kept[3])
        #expect(resumed.weights.tensors.mapValues(\.floats) == whole.weights.tensors.mapValues(\.floats))
    }

    /// It is judged then, even if it learnt from few photos.
    @Test func keepsTheBestSoFarWhereItIsEnded() async throws {
        let outcome = try await learn(painting(), photos, epochs: 50, steps: 2)
        #expect(outcome.verdict.history.count == 1 && outcome.verdict.after.count == outcome.verdict.before.count)
    }

    @Test func goesOnWhereNothingCanBeKept() async throws {
        struct DiskIsFull: Error {}
        var (training, told) = (NetworkTraining(try painting()), 0)
        (training.epochs, training.interval) = (1, .zero)
        let outcome = try await training.run(
            on: photos, knownBy: photos.known, plan: "", libraries: InstalledModels.libraries,
            keep: { _ in throw DiskIsFull() },
            tell: { event in
                if case .notKept = event { told += 1 }
                return true
            })
        #expect(told == 1 && outcome.verdict.history.count == 1)
    }

    @Test func doesWithoutPhotosThatCannotBeRead() async throws {
        var photos = photos
        photos.illegible = Set((0..<96).filter { $0 % 3 == 0 })
        let outcome = try await learn(painting(), photos, epochs: 1)
        #expect(outcome.verdict.validation.allSatisfy { $0 % 3 != 0 } && !outcome.verdict.validation.isEmpty)
        photos.illegible = Set(0..<96)
        await #expect(throws: TrainingProblem.illegible) { try await learn(painting(), photos, epochs: 1) }
    }

    /// A network whose numbers were none from the beginning.
    @Test func saysThatNothingCanBeLearntWhereTheLossIsNoNumber() async throws {
        let recipe = try TinyNetwork.recipe()
        let broken = NetworkRecipe.fineTuning(
            TinyNetwork(), input: TinyNetwork.input,
            weights: WeightFile(
                byName: recipe.weights.tensors.mapValues { tensor in
                    let count = tensor.shape.reduce(1, *)
                    return WeightFile.Tensor(
                        tensor.name, .float32, shape: tensor.shape, [Float](repeating: .nan, count: count))
                }))
        let witness = Witness()
        await #expect(throws: TrainingProblem.diverged) { try await learn(broken, photos, epochs: 1, witness) }
        #expect(witness.events.withLock { $0.contains { if case .diverged = $0 { true } else { false } } })
    }

    /// Two altered pictures of one photo are all that tells what it is.
    @Test func learnsWithoutLabels() async throws {
        let unlabelled = MadePhotos(unlabelled: 40, altered: 2)
        let outcome = try await learn(TinyNetwork.recipe(), unlabelled, epochs: 3)
        #expect(outcome.verdict.validation.count == 30)
        #expect(outcome.verdict.after.worth > 0)
    }

    /// What it says of memory is what the numbers take that it holds.
    @Test func tellsHowMuchMemoryItNeeds() async throws {
        let witness = Witness()
        _ = try await learn(painting(), photos, epochs: 1, steps: 1, witness)
        let memory = witness.events.withLock { events in
            events.compactMap { if case .began(_, _, let memory) = $0 { memory } else { nil } }
        }
        // Eight pictures with at least one map of four channels as large, and three numbers a weight, twice.
        #expect(memory[0] > 8 * 16 * 16 * 4 * 4 && memory[0] < 10_000_000)
    }

    /// What was judged before was judged by other photos.
    @Test func doesNotGoOnWithOtherPhotosToAsk() async throws {
        let witness = Witness()
        _ = try await learn(painting(), photos, steps: 4, witness)
        let kept = try #require(witness.kept.withLock { $0.last })
        var fewer = photos
        fewer.illegible = [try #require(kept.progress.validation?.first)]
        await #expect(throws: TrainingProblem.changed) { try await learn(painting(), fewer, from: kept) }
    }

    /// Nothing was learnt that could be kept.
    @Test func isCancelledBeforeTheFirstStep() async throws {
        await #expect(throws: CancellationError.self) { try await learn(painting(), photos, steps: 0) }
    }
}
