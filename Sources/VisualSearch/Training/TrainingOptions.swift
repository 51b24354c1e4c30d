public import Embedders

/// What is learnt from photos, and how.
public struct TrainingOptions: Sendable {
    /// What photos show; `nil` where nobody said so, and altered photos and nearly the same ones have to do.
    public var labels: PhotoLabels?
    /// What photos have in common that were taken together, by one photographer or on one day: all of them are learnt from, or none is.
    public var series: PhotoLabels?
    /// How it is learnt.
    public var recipe: Recipe
    /// What photos are alike by before anything is learnt, where they are described by views.
    public var match: Match
    /// Decides all that is drawn.
    public var seed: UInt64
    /// How many times over all photos at most; `nil` for as many as the recipe has.
    public var epochs: Int?
    /// Whether a training that was interrupted goes on.
    public var isResumed = false

    /// As most people would want it.
    public init(
        labels: PhotoLabels?, recipe: Recipe = .adapter, match: Match = .balanced, seed: UInt64 = 1,
        epochs: Int? = nil
    ) {
        (self.labels, self.recipe, self.match) = (labels, recipe, match)
        (self.seed, self.epochs) = (seed, epochs)
    }
}
