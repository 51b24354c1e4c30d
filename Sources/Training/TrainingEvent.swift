/// What is told while training goes on.
public enum TrainingEvent: Sendable {
    /// Photos that are learnt from, and those that tell whether it holds for others.
    case divided(training: Int, validation: Int, spared: Spared)
    /// What vectors are worth with so much shrinkage.
    case tried(shrinkage: Float, score: Double)
    /// What vectors are worth as they are, and whitened at best.
    case whitened(before: Double, after: Double, shrinkage: Float?)
    /// A network begins to learn, or goes on where it has learnt from so many photos already, each counted as often as it comes; about
    /// how many bytes of memory that needs.
    case began(photos: Int, of: Int, memory: Int)
    /// So many of all photos are learnt from.
    case stepped(photos: Int, of: Int, loss: Double)
    /// After so many times over all photos: the mean loss, and what neighbours are worth now.
    case learnt(epoch: Int, loss: Double, score: Double)
    /// The loss is no number any more: what was best before remains.
    case diverged(epoch: Int)
    /// What has been learnt so far could not be kept.
    case notKept(reason: String)
}
