import ArgumentParser
import SystemPackage
import VisualSearch

/// Prints a graph as it is found, and tells people how far it is.
struct GraphReport: Sendable {
    private var photos = 0
    private var edges = 0
    private var failures = 0
    private var bar = ProgressBar("Comparing", counting: .photos)
    /// So much is printed at once.
    private static let chunk = 65_536

    /// Follows a graph to its end. Ctrl-C ends it sooner, after a whole line.
    init(of graph: NeighbourGraph, total: Int, lines: GraphLines) async throws {
        self = try await interruptible {
            var report = GraphReport()
            try await report.follow(graph, total, lines)
            return report
        }
    }

    private init() {}

    private mutating func follow(_ graph: NeighbourGraph, _ total: Int, _ lines: GraphLines) async throws {
        var text: [UInt8] = []
        do {
            try Console.put(lines.heading)
            for try await (photo, answer) in graph {
                text += try take(photo, answer, lines)
                bar.show(photos, of: total)
                guard text.count >= Self.chunk else { continue }
                try Console.put(text)
                text = []
            }
            bar.clear()
            try Console.put(text)
        } catch is CancellationError {
            try Console.put(text)
            Console.tell("Stopped. The neighbours of \(photos.counted("photo")) of \(total.grouped) are printed.")
            throw CancellationError()
        }
    }

    private mutating func take(_ photo: FilePath, _ answer: Result<SearchAnswer, SkipReason>, _ lines: GraphLines)
        throws
        -> [UInt8]
    {
        photos += 1
        switch answer {
        case .success(let answer):
            edges += answer.results.count
            return try lines.lines(of: photo, answer)
        case .failure(let reason):
            failures += 1
            Console.tell("lookalike: \(photo.printable): \(reason)")
            return []
        }
    }

    /// As after a search: 2 if a photo could not be read, 1 if no photo has a neighbour.
    func exit() throws {
        if failures > 0 { throw ExitCode(2) }
        if edges == 0 { throw ExitCode(1) }
    }
}
