import Evaluation
import Foundation
import Networks
import Testing

@testable import Training

@Suite struct TrainingCheckpointTests {
    private func weights(_ name: String, _ numbers: [Float]) -> WeightFile {
        WeightFile(byName: [name: WeightFile.Tensor(name, .float32, shape: [numbers.count], numbers)])
    }

    private func read(_ file: WeightFile) throws -> TrainingCheckpoint {
        try TrainingCheckpoint(WeightFile(safetensors: file.safetensors()))
    }

    @Test(arguments: [true, false])
    func isReadAsItWasWritten(hasBest: Bool) throws {
        var progress = LearningProgress(plan: "plan")
        (progress.step, progress.recent, progress.losses) = (7, [0.25, 0.1], [0.5])
        progress.validation = [4, 9]
        (progress.judged, progress.best) = ([[Judgement([true, false], of: 1)]], 0)
        let best = hasBest ? weights("state of things", [3]) : nil
        let read = try read(
            TrainingCheckpoint(states: weights("best of all", [1, 2]), best: best, progress: progress).tensors)
        #expect(read.plan == "plan" && read.progress.step == 7 && read.progress.recent == [0.25, 0.1])
        #expect(read.progress.judged == progress.judged && read.progress.losses == [0.5] && read.progress.best == 0)
        #expect(read.progress.validation == [4, 9])
        #expect(read.states.tensors.mapValues(\.floats) == ["best of all": [1, 2]])
        #expect(read.best?.tensors.mapValues(\.floats) == (hasBest ? ["state of things": [3]] : nil))
    }

    @Test func isNoOtherFile() throws {
        #expect(throws: WeightFileError.self) { try read(weights("anything", [1])) }
        let text = Array("{\"plan\":3}".utf8)
        let other = WeightFile(byName: ["progress": WeightFile.Tensor("progress", .uint8, shape: [text.count], text)])
        #expect(throws: DecodingError.self) { try read(other) }
    }

    @Test func countsTimesWithoutGain() {
        var progress = LearningProgress(plan: "")
        #expect(progress.epochsWithoutGain == 0)
        progress.judged = [[], [], [], []]
        progress.best = 1
        #expect(progress.epochsWithoutGain == 2)
    }
}
