import Embedders
import Evaluation
import Vectors
import VisualSearch

/// What people and programs are told of training.
struct TrainingOutput {
    let report: TrainingReport
    let name: String
    let isInstalled: Bool

    /// For people at a terminal.
    var text: String {
        ([summary, ""] + TextTable(rows, leftColumns: 1).lines + ["", verdict]).map { $0 + "\n" }.joined()
    }

    /// A sentence without its full stop, for a page too.
    var summary: String {
        let unlabelled = report.unlabelledCount > 0 ? "; \(report.unlabelledCount.grouped) without a label" : ""
        let labels = report.isLabelled ? " of \(report.identityCount.counted("label"))" : " without labels"
        return "\(report.trainingCount.counted("photo"))\(labels) learnt from, "
            + "\(report.before.queryCount.grouped) others asked\(unlabelled)"
    }

    /// Cells, the headings first.
    var rows: [[String]] {
        let rows = [Measure.hitAt1, .hitAt5, .averagePrecisionAt10].map { measure in
            [
                measure.rawValue, report.before[measure].text, report.after[measure].text,
                report.difference[measure].signedText,
            ]
        }
        return [["", "before", name, "difference"]] + rows
    }

    /// A sentence without its full stop, for a page too.
    var verdict: String {
        guard report.isLabelled else {
            return
                "altered photos find the photos that they were made of so often, and nobody said what else is alike: whether \(name) is "
                + "better is not known, and it is "
                + (isInstalled ? "installed: --model \(name)" : "not installed (\(forcing))")
        }
        return switch (report.isBetter, isInstalled) {
        case (true, _): "\(name) is better, and installed: --model \(name)"
        case (false, true): "\(name) is not better beyond doubt, and installed all the same: --model \(name)"
        case (false, false): "\(name) is not better beyond doubt, and not installed: \(advice) (\(forcing))"
        }
    }

    private var advice: String {
        report.isTooFew
            ? "too few \(report.isBySeries ? "series" : "labels") were asked to tell what is chance"
            : "more photos of each label may help"
    }

    /// A network need not learn anew.
    private var forcing: String {
        report.origin.recipe == .adapter ? "--force installs it" : "--resume --force installs it"
    }

    /// For programs.
    var json: [UInt8] {
        get throws {
            func estimates(_ scores: Scores) -> [Measure: Estimate] {
                Dictionary(uniqueKeysWithValues: Measure.allCases.map { ($0, scores[$0]) })
            }
            return try Report(
                name: name, recipe: report.origin.recipe, isInstalled: isInstalled, isBetter: report.isBetter,
                photos: report.trainingCount,
                labels: report.identityCount, queries: report.before.queryCount, before: estimates(report.before),
                after: estimates(report.after), difference: estimates(report.difference), chance: report.chance,
                history: report.history.map { Epoch(loss: $0.loss, score: $0.score) }
            ).jsonDocument
        }
    }

    private struct Report: Encodable {
        let name: String
        let recipe: Recipe
        let isInstalled: Bool
        let isBetter: Bool
        let photos: Int
        let labels: Int
        let queries: Int
        let before: [Measure: Estimate]
        let after: [Measure: Estimate]
        let difference: [Measure: Estimate]
        let chance: Double
        let history: [Epoch]
    }

    private struct Epoch: Encodable {
        let loss: Double
        let score: Double
    }
}

extension TrainedModel.Card {
    init(_ report: TrainingReport) {
        self.init(
            origin: report.origin, photos: report.trainingCount, identities: report.identityCount,
            validation: TrainedModel.Validation(
                queries: report.before.queryCount, before: report.before[.hitAt1].mean,
                after: report.after[.hitAt1].mean, difference: report.difference[.hitAt1]))
    }
}
