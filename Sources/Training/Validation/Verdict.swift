public import Evaluation

/// What training is worth, as photos tell that were not learnt from.
public struct Verdict: Sendable {
    /// What was learnt from, by rows.
    public let learntFrom: [Int]
    /// What was not, and told what that is worth.
    public let validation: [Int]
    /// Of each of them that asks: which rise and fall together, since they show the same or were taken together.
    public let groups: [Int]
    /// What each of these finds among them, before anything was learnt.
    public let before: [Judgement]
    /// What it finds with what was learnt, as others chose that (`CrossFitting`).
    public let after: [Judgement]
    /// Whether nobody ended learning before its time.
    public let isFinished: Bool
    /// What is told of each time over all photos.
    public let history: [(loss: Double, score: Double)]
}
