/// What is left of the work that machines share on one catalogue, for whichever models.
public struct SharedWork: Sendable, Hashable {
    /// Photos that are still to be examined, once for each model.
    public let photos: Int
    /// Runs that have some of them on loan at the moment; none where whoever began has left.
    public let runs: Int
}
