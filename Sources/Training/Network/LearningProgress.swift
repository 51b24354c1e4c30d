import Evaluation

/// How far learning has come.
struct LearningProgress: Sendable, Codable {
    /// Names what is to be learnt of what.
    let plan: String
    /// The rows of the photos that tell what was learnt; `nil` before the first step.
    var validation: [Int]?
    /// So many steps are done.
    var step = 0
    /// The losses of those since the photos were begun anew.
    var recent: [Double] = []
    /// Of each time over all photos.
    var losses: [Double] = []
    /// What neighbours were worth then.
    var judged: [[Judgement]] = []
    /// Which of these was the best.
    var best: Int?

    /// So many times over all photos did nothing better than before.
    var epochsWithoutGain: Int { judged.count - 1 - (best ?? -1) }

    var history: [(loss: Double, score: Double)] { zip(losses, judged).map { ($0, $1.worth) } }
}
