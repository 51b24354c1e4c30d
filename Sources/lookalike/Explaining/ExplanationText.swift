import Embedders
import VisualSearch

/// For people at a terminal: a title, and a line for each view.
struct ExplanationText {
    private let explanation: Explanation

    init(_ explanation: Explanation) { self.explanation = explanation }

    /// In one line: how alike, how sure, and of which types.
    var title: String {
        var parts = ["\(explanation.similarity.rounded(to: 3)) alike"]
        if let sureness = explanation.sureness {
            parts.append("\(Int((sureness * 100).rounded())) % sure to be of one type")
        }
        if let types = explanation.types {
            parts.append(
                types[0] == types[1] ? "both \(types[0].rawValue)" : "\(types[0].rawValue) and \(types[1].rawValue)")
        }
        return parts.joined(separator: ", ")
    }

    var text: String {
        let rows = explanation.parts.map { part in
            [
                part.view.meaning, part.cosine.rounded(to: 3), "\(Int((part.weight * 100).rounded())) %",
                part.contribution.rounded(to: 3),
            ]
        }
        return title + "\n\n"
            + TextTable([["", "alike", "counts", "adds"]] + rows, leftColumns: 1).lines.map { $0 + "\n" }.joined()
    }

    static func sentence(of part: Explanation.Part) -> String {
        "\(part.cosine.rounded(to: 2)) alike, counts \(Int((part.weight * 100).rounded())) %: adds \(part.contribution.rounded(to: 3))"
    }
}
