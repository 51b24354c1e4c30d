import Embedders

/// The models for people at a terminal.
struct ModelTable {
    private static let headings = ["", "model", "", "size", "licence", "numbers", "types right", ""]
    /// Numbers stand at the right of their columns.
    private static let aligned: Set<Int> = [3, 5, 6]

    private let rows: [[String]]

    init(_ entries: [ModelEntry]) throws {
        rows = [Self.headings] + (try entries.map { try $0.cells })
    }

    var bytes: [UInt8] {
        let widths = Self.headings.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row.indices, widths).map { column, width in
                Self.aligned.contains(column) ? row[column].aligned(to: width) : row[column].padded(to: width)
            }
        }
        return Array(lines.map { Self.line($0) }.joined().utf8)
    }

    /// The mark of the default stands close to its name.
    private static func line(_ cells: [String]) -> String {
        var line = cells[0] + " " + cells.dropFirst().joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        return line + "\n"
    }
}

extension ModelEntry {
    fileprivate var cells: [String] {
        get throws {
            [
                isStandard ? "*" : "", model.id, isInstalled ? "installed" : "not installed",
                model.weights.map { "\($0.size.megabytes) MB" } ?? "–", model.weights?.licence ?? "–",
                try choice.dimension.grouped, model.quality.map { "\(($0 * 100).rounded(to: 0)) %" } ?? "–",
                model.summary,
            ]
        }
    }
}
