import ArgumentParser
import VisualSearch

/// Follows embeddings that are taken in, and tells people how it goes and which are refused.
struct ImportReport: Sendable {
    private var taken = 0
    private var refused = 0
    private var bar = ProgressBar("Importing", counting: .photos)

    /// Follows it to its end. Ctrl-C ends it sooner, with what was taken in until then kept.
    init(of rows: EmbeddingImport) async throws {
        self = try await interruptible {
            var report = ImportReport()
            try await report.follow(rows)
            return report
        }
    }

    private init() {}

    private mutating func follow(_ rows: EmbeddingImport) async throws {
        do {
            for try await row in rows {
                take(row)
                bar.show(taken + refused, of: rows.count)
            }
            bar.clear()
        } catch is CancellationError {
            Console.tell("Stopped. \(summary)")
            throw CancellationError()
        }
    }

    private mutating func take(_ row: EmbeddingImport.Element) {
        switch row {
        case .taken: taken += 1
        case .refused(let row, let path, let reason):
            refused += 1
            Console.tell("refused row \(row), \(path.printable): \(reason)")
        }
    }

    var summary: String {
        "\(taken.counted("photo")) taken in\(refused > 0 ? ", \(refused.counted("row")) refused" : "")."
    }

    func exit() throws {
        if refused > 0 { throw ExitCode(taken > 0 ? 1 : 2) }
    }
}
