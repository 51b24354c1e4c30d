public import Evaluation

/// What training is worth, as photos tell that were not learnt from.
public struct Verdict: Sendable {
    /// These photos, by their rows.
    public let validation: [Int]
    /// Of each of them that asks: which rise and fall together, since they show the same or were taken together.
    public let groups: [Int]
    /// What each of these finds among them, before anything was learnt.
    public let before: [Judgement]
    /// What it finds with what was learnt, as others chose that (`CrossFitting`).
    public let after: [Judgement]
    /// What is told of each time over all photos.
    public let history: [(loss: Double, score: Double)]
}
