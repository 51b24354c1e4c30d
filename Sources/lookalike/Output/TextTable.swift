/// Cells in columns as wide as their widest: the first columns to the left, the others to the right.
struct TextTable {
    /// Without spaces at their ends.
    let lines: [String]

    /// All rows have as many cells as the first.
    init(_ rows: [[String]], leftColumns: Int) {
        let columns = rows.first?.indices ?? 0..<0
        let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
        lines = rows.map { row in
            columns.map { column in
                column < leftColumns
                    ? row[column].padded(to: widths[column]) : row[column].aligned(to: widths[column])
            }.joined(separator: "  ").trimmingSuffix(" ")
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        String(reversed().drop { $0 == character }.reversed())
    }
}
