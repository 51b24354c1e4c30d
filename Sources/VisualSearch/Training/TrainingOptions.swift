/// What an adapter is learnt from, and how.
public struct TrainingOptions: Sendable {
    /// What photos show.
    public var labels: PhotoLabels
    /// What photos are alike by before anything is learnt, where they are described by views.
    public var match: Match
    /// Decides all that is drawn.
    public var seed: UInt64

    /// As most people would want it.
    public init(labels: PhotoLabels, match: Match = .balanced, seed: UInt64 = 1) {
        (self.labels, self.match, self.seed) = (labels, match, seed)
    }
}
