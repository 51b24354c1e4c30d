public import Evaluation

/// What training is worth, as photos tell that were not learnt from.
public struct Verdict: Sendable {
    /// These photos, by their rows.
    public let validation: [Int]
    /// Whether they show other identities than those that were learnt from.
    public let isByIdentity: Bool
    /// The identity of each of them that has others like it.
    public let askers: [Int]
    /// What each of these finds among them, before anything was learnt.
    public let before: [Judgement]
    /// What it finds with what was learnt, as others chose that (`CrossFitting`).
    public let after: [Judgement]
    /// What is told of each time over all photos.
    public let history: [(loss: Double, score: Double)]
}
