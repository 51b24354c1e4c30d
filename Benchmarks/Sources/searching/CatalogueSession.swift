import Embedders
import Foundation
import SystemPackage
import VisualSearch

/// A catalogue that is open, and photos of it whose look-alikes are asked for.
struct CatalogueSession {
    private let engine: SearchEngine
    private let folders: [PhotoFolder]

    init(_ catalogue: String, model: String, folder: String) throws {
        engine = try SearchEngine(catalogue: .file(FilePath(catalogue)), model: ModelChoice(model))
        folders = [try PhotoFolder(FilePath(folder))]
    }

    /// Photo number `n` is a file that holds the number in decimal digits. Without a recall, answers are exact.
    func search(_ numbers: Range<Int>, recall: Double?, threads: Int) async throws -> [String: Any] {
        var options = SearchOptions(limit: 10)
        (options.recall, options.processors) = (recall ?? 1, threads)
        var (times, found) = ([Double](), [[Int]]())
        let clock = Clock()
        for number in numbers {
            let start = Clock()
            let answer = try await engine.search([.bytes(Array("\(number)".utf8))], in: folders, options: options)
            times.append(start.wall)
            found.append(try answer[0].get().results.map { Int($0.path.stem ?? "") ?? -1 })
        }
        return ["wall": clock.wall, "cpu": clock.cpu, "times": times, "ids": found, "scanned": engine.workload.scanned]
    }
}
