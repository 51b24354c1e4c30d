import Synchronization
import Training

/// What goes on while a model learns, a line each; on a terminal, times over all photos in one line.
final class TrainingProgress: Sendable {
    private let drawn = Mutex(false)

    func show(_ event: AdapterTraining.Event) {
        switch event {
        case .divided(let training, let validation, let isByIdentity):
            let others = isByIdentity ? "of other labels" : "of the same labels"
            Console.tell(
                "Learning from \(training.counted("photo")); \(validation.grouped) others, \(others), tell whether it holds."
            )
        case .tried: break
        case .diverged(let epoch):
            Console.tell("The network's loss is no number any more after \(epoch) times: what was best before remains.")
        case .whitened(let before, let after, let shrinkage):
            Console.tell(
                shrinkage == nil
                    ? "No direction matters less than others: the mean of R@1 and mAP@10 stays \(before.share)."
                    : "Without the directions in which photos of one label differ, the mean of R@1 and mAP@10 is \(after.share), from \(before.share)."
            )
        case .learnt(let epoch, let loss, let score):
            guard Console.isTerminal else { return }
            drawn.withLock { $0 = true }
            Console.write(
                "\r\u{1B}[K" + "Learning: \(epoch) times over all photos · loss \(loss.rounded(to: 3)) · \(score.share)"
            )
        }
    }

    func clear() { if drawn.withLock({ $0 }) { Console.write("\r\u{1B}[K") } }
}
