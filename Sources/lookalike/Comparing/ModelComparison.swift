import Foundation
import Vectors
import VisualSearch

/// What was measured of several models, side by side.
struct ModelComparison {
    private(set) var figures: [ModelFigures] = []
    private(set) var troubles: [(model: String, reason: String)] = []

    mutating func add(_ outcome: TrialProcess.Outcome) {
        switch outcome {
        case .figures(let figures): self.figures.append(figures)
        case .trouble(let model, let reason): troubles.append((model, reason))
        }
    }

    /// Those of quality only where there were labels.
    var headings: [String] {
        ["model", "engine", "numbers", "model alone", "all processors", "with decoding", "start", "memory"]
            + (isJudged ? ["P@1", "mAP"] : [])
    }

    /// One row a model, in the order of the headings.
    var rows: [[String]] { figures.map { $0.cells + (isJudged ? $0.qualityCells : []) } }

    private var isJudged: Bool { figures.contains { $0.quality != nil } }

    var table: String {
        let lines = [headings] + rows
        let widths = headings.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        let texts = lines.map { line in
            zip(line, widths).enumerated().map { column, cell in
                column < 2 ? cell.0.padded(to: cell.1) : cell.0.aligned(to: cell.1)
            }.joined(separator: "  ")
        }
        return (texts + troubles.map { "\($0.model): \($0.reason)" }).map { $0.trimmingSuffix(" ") + "\n" }.joined()
    }

    var json: [UInt8] {
        get throws {
            struct Report: Encodable {
                let models: [ModelFigures]
                let troubles: [String: String]
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            let troubles = Dictionary(troubles.map { ($0.model, $0.reason) }) { $1 }
            return Array(try encoder.encode(Report(models: figures, troubles: troubles))) + [UInt8(ascii: "\n")]
        }
    }
}

extension ModelFigures {
    fileprivate var cells: [String] {
        [
            model, engine ?? "–", "\(dimension)", "\(modelTime.rounded(to: 1)) ms", "\(modelRate.rounded(to: 1))/s",
            "\(rate.rounded(to: 1))/s", "\(startUp.rounded(to: 2)) s",
            "\((Double(peakMemory) / 1e6).rounded(to: 0)) MB",
        ]
    }

    fileprivate var qualityCells: [String] {
        [quality?.precisionAtOne, quality?.meanAveragePrecision].map { $0?.text ?? "" }
    }
}

extension Estimate {
    /// With its interval, as in `.801 [.761, .839]`.
    fileprivate var text: String {
        func share(_ number: Double) -> String { number < 1 ? String(number.rounded(to: 3).dropFirst()) : "1.000" }
        return "\(share(mean)) [\(share(lower)), \(share(upper))]"
    }
}

extension String {
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        String(reversed().drop { $0 == character }.reversed())
    }
}
