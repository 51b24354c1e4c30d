import VisualSearch

/// Answers for people at a terminal: rank, similarity and path in columns.
struct ResultTable {
    private static let headings = ("rank", "similarity", "photo")
    private let findings: Findings

    init(_ findings: Findings) {
        self.findings = findings
    }

    var bytes: [UInt8] {
        let tables = findings.answered.map { query, answer in
            (findings.all.count > 1 ? query.printable + "\n" : "") + table(of: answer)
        }
        return Array(tables.joined(separator: "\n").utf8)
    }

    private func table(of answer: SearchAnswer) -> String {
        var lines = answer.identical.map { line("=", "identical", findings.displayed($0).printable) }
        lines += answer.results.map {
            line("\($0.rank)", $0.similarity.rounded(to: 3), findings.displayed($0.path).printable, $0.isIdentical)
        }
        if answer.results.isEmpty { lines.append("nothing found") }
        return ([line(Self.headings.0, Self.headings.1, Self.headings.2)] + lines).map { $0 + "\n" }.joined()
    }

    private func line(_ rank: String, _ similarity: String, _ path: String, _ isIdentical: Bool = false) -> String {
        "\(rank.aligned(to: 4))  \(similarity.aligned(to: 10))  \(path)\(isIdentical ? "  (the query itself)" : "")"
    }
}
