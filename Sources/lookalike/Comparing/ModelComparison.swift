import Evaluation
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
        let lines = TextTable([headings] + rows, leftColumns: 2).lines
        return (lines + troubles.map { "\($0.model): \($0.reason)" }).map { $0 + "\n" }.joined()
    }

    var json: [UInt8] {
        get throws {
            struct Report: Encodable {
                let models: [ModelFigures]
                let troubles: [String: String]
            }
            let troubles = Dictionary(troubles.map { ($0.model, $0.reason) }) { $1 }
            return try Report(models: figures, troubles: troubles).jsonDocument
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
