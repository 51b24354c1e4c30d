import VisualSearch

/// Answers for people at a terminal: rank, similarity, how sure it is to be of the same type, and path in columns.
struct ResultTable {
    private let findings: Findings

    init(_ findings: Findings) {
        self.findings = findings
    }

    var bytes: [UInt8] {
        let tables = findings.answered.map { question, answer in
            (findings.all.count > 1 ? question.written.printable + "\n" : "") + table(of: answer)
        }
        return Array(tables.joined(separator: "\n").utf8)
    }

    private func table(of answer: SearchAnswer) -> String {
        let isSure = answer.results.contains { $0.sureness != nil }
        var lines = [line("rank", "similarity", isSure ? "sure" : nil, "photo")]
        lines += answer.identical.map {
            line("=", "identical", isSure ? "" : nil, findings.displayed($0).printable)
        }
        lines += answer.results.map {
            line(
                "\($0.rank)", $0.similarity.rounded(to: 3), isSure ? $0.surenessText ?? "" : nil,
                findings.displayed($0.path).printable + ($0.isIdentical ? "  (the query itself)" : ""))
        }
        if answer.results.isEmpty { lines.append(answer.absence) }
        return lines.map { $0 + "\n" }.joined()
    }

    private func line(_ rank: String, _ similarity: String, _ sureness: String?, _ path: String) -> String {
        let sureness = sureness.map { "  \($0.aligned(to: 5))" } ?? ""
        return "\(rank.aligned(to: 4))  \(similarity.aligned(to: 10))\(sureness)  \(path)"
    }
}
