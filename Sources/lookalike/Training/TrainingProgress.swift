import Synchronization
import Training
import VisualSearch

/// What goes on while a model learns, a line each; on a terminal, how far it is in one line.
final class TrainingProgress: Sendable {
    private struct Drawn {
        var isDrawn = false
        /// `nil` where no network learns from photos, which takes seconds.
        var bar: ProgressBar?
    }

    private let drawn = Mutex(Drawn())
    /// Whether somebody said what photos show; else altered ones are among them.
    private let isLabelled: Bool

    init(isLabelled: Bool) { self.isLabelled = isLabelled }

    func show(_ event: TrainingEvent) {
        switch event {
        case .divided(let training, let validation, let spared): tell(training, validation, spared)
        case .tried: break
        case .whitened(let before, let after, let shrinkage): tell(before, after, isBetter: shrinkage != nil)
        case .began(let done, let total, let memory): begin(done, total, memory)
        case .stepped(let done, let total, _): drawn.withLock { $0.bar?.show(done, of: total) }
        case .learnt(let epoch, let loss, let score): tell(epoch, loss, score)
        case .diverged(let epoch):
            Console.tell("The loss is no number any more, in time \(epoch) over all photos: learning ends.")
        case .notKept(let reason):
            Console.tell("What has been learnt so far cannot be kept, and would be lost if this were killed: \(reason)")
        }
    }

    private func tell(_ training: Int, _ validation: Int, _ spared: Spared) {
        let others =
            switch spared {
            case .identities: isLabelled ? "of other labels" : "of other photos"
            case .series: "of other series"
            case .photos: "of the same labels"
            }
        let learnt = training.counted(isLabelled ? "photo" : "picture")
        Console.tell("Learning from \(learnt); \(validation.grouped) others, \(others), tell whether it holds.")
    }

    private func begin(_ done: Int, _ total: Int, _ memory: Int) {
        let head =
            done > 0
            ? "Going on after \(done.grouped) of \(total.grouped) photos"
            : "\(total.grouped) photos to come, each as often as it comes"
        Console.tell("\(head), in about \(((ProcessMemory.peak + memory) / 1_000_000).grouped) MB of memory.")
        drawn.withLock { $0.bar = ProgressBar("Learning", counting: .photos, from: done) }
    }

    private func tell(_ before: Double, _ after: Double, isBetter: Bool) {
        Console.tell(
            isBetter
                ? "Without the directions in which \(isLabelled ? "photos of one label" : "pictures of one photo") differ, the mean of R@1 and mAP@10 is \(after.share), from \(before.share)."
                : "No direction matters less than others: the mean of R@1 and mAP@10 stays \(before.share).")
    }

    /// What takes minutes is worth a line each time.
    private func tell(_ epoch: Int, _ loss: Double, _ score: Double) {
        let line = "\(epoch) times over all photos · loss \(loss.rounded(to: 3)) · \(score.share)"
        drawn.withLock { drawn in
            guard drawn.bar == nil else { return Console.tell(line) }
            guard Console.isTerminal else { return }
            drawn.isDrawn = true
            Console.write("\r\u{1B}[KLearning: " + line)
        }
    }

    func clear() {
        drawn.withLock { drawn in
            drawn.bar?.clear()
            if drawn.isDrawn { Console.write("\r\u{1B}[K") }
        }
    }
}
