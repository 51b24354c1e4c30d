import SystemPackage
import VisualSearch

/// Answers for spreadsheets (RFC 4180), paths byte for byte as the file system has them.
struct ResultCSV {
    private let findings: Findings

    init(_ findings: Findings) {
        self.findings = findings
    }

    var bytes: [UInt8] {
        Array("query,rank,similarity,path\r\n".utf8)
            + findings.answered.flatMap { question, answer in
                answer.results.flatMap { row(question.written, $0) }
            }
    }

    private func row(_ query: FilePath, _ result: SearchResult) -> [UInt8] {
        query.csvCell + Array(",\(result.rank),\(result.similarity),".utf8)
            + findings.displayed(result.path).csvCell + Array("\r\n".utf8)
    }
}

extension FilePath {
    /// The path's bytes in quotation marks.
    var csvCell: [UInt8] {
        let quote = UInt8(ascii: "\"")
        let quoted = unlikeFormula.writtenBytes.flatMap { $0 == quote ? [quote, quote] : [$0] }
        return [quote] + quoted + [quote]
    }

    /// The same file by a name that no spreadsheet takes for a formula.
    fileprivate var unlikeFormula: FilePath {
        let starts = "=+-@\t\r".utf8
        return bytes.first.map(starts.contains) ?? false ? FilePath("./").appending(components) : self
    }
}
