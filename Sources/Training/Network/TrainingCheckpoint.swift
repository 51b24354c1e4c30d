import Foundation
public import Networks

/// All that is needed to go on learning as if nothing had happened.
public struct TrainingCheckpoint: Sendable {
    /// What goes from step to step.
    let states: WeightFile
    /// Of the weights that are learnt, those that were best so far.
    let best: WeightFile?
    let progress: LearningProgress

    private static let progressName = "progress"
    private static let (stateMark, bestMark) = ("state ", "best ")

    init(states: WeightFile, best: WeightFile?, progress: LearningProgress) {
        (self.states, self.best, self.progress) = (states, best, progress)
    }

    /// Before the first step.
    static func none(of plan: String) -> TrainingCheckpoint {
        TrainingCheckpoint(
            states: WeightFile(byName: [:]), best: nil, progress: LearningProgress(plan: plan))
    }

    /// Reads what `tensors` gave. Throws where it is something else.
    public init(_ file: WeightFile) throws {
        let progress = try file.tensor(Self.progressName)
        self.progress = try JSONDecoder().decode(LearningProgress.self, from: Data(progress.bytes))
        states = try file.unmarked(Self.stateMark)
        let best = try file.unmarked(Self.bestMark)
        self.best = best.tensors.isEmpty ? nil : best
    }

    /// To be kept in one file.
    public var tensors: WeightFile {
        get throws {
            let json = [UInt8](try JSONEncoder().encode(progress))
            let progress = WeightFile.Tensor(Self.progressName, .uint8, shape: [json.count], json)
            var tensors = states.marked(Self.stateMark) + (best?.marked(Self.bestMark) ?? [])
            tensors.append(progress)
            return WeightFile(computed: tensors)
        }
    }

    /// Names what was to be learnt of what: another training cannot go on from here.
    public var plan: String { progress.plan }
}

extension WeightFile {
    fileprivate func marked(_ mark: String) -> [Tensor] { tensors.values.map { $0.renamed(mark + $0.name) } }

    fileprivate func unmarked(_ mark: String) throws(WeightFileError) -> WeightFile {
        try renamed { $0.hasPrefix(mark) ? String($0.dropFirst(mark.count)) : nil }
    }
}
