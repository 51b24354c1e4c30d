import Evaluation
import SystemPackage
import Vectors
import VisualSearch

/// How good answers are, and where asked for, by how much better than others.
struct Verdict {
    /// One way of answering.
    struct Side {
        /// What the user said of it.
        let name: String
        let report: QualityReport
    }

    let side: Side
    let other: Side?
    private let folders: [PhotoFolder]

    init(_ side: Side, against other: Side?, folders: [PhotoFolder]) {
        (self.side, self.other, self.folders) = (side, other, folders)
    }

    var report: QualityReport { side.report }

    /// Query by query.
    var differences: Scores? { other.map { report.differences(from: $0.report) } }

    /// A photo's path beginning with the folder as the user wrote it.
    func displayed(_ path: FilePath) -> String { folders.displayed(path).printable }

    /// What was asked, in a sentence.
    var summary: String {
        "\(report.queries.count.counted("query", plural: "queries")), \(report.galleryCount.counted("photo")) to find"
    }

    /// What is wrong with the photos.
    var troubles: [String] {
        var troubles: [String] = []
        if !report.missing.isEmpty {
            troubles.append(
                "\(report.missing.count.counted("photo")) of the gallery cannot be found, such as "
                    + displayed(report.missing[0]))
        }
        return troubles + report.failures.map { "\(displayed($0.query)): \($0.reason)" }
    }
}

extension Int {
    fileprivate func counted(_ noun: String, plural: String) -> String { "\(grouped) \(self == 1 ? noun : plural)" }
}
