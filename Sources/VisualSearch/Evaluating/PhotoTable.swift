import Foundation
import SwiftCSV
public import SystemPackage

/// Photos in the rows of a table, and what its columns say of each.
public struct PhotoTable: Sendable {
    /// One photo.
    public struct Row: Sendable, Hashable {
        /// Absolute, without links above the photo itself.
        public let path: FilePath
        private let values: [String: String]

        init(_ path: FilePath, _ values: [String: String]) { (self.path, self.values) = (path, values) }

        /// `nil` where the table has no such column.
        public subscript(column: String) -> String? { values[column] }
    }

    /// The names that the column of paths may have.
    private static let pathColumns = ["path", "file", "photo"]

    /// Where the table lies.
    public let file: FilePath
    /// The names of the columns.
    public let columns: [String]
    /// In the order of the file.
    public let rows: [Row]

    /// Reads a CSV file (RFC 4180) whose first line names the columns, `path`, `file` or `photo` among them; paths begin at
    /// the file's own folder. Throws a `LabelError` for a file that has no such column, or is no table.
    public init(csv file: FilePath) throws(LabelError) {
        let table: CSV<Named>
        do {
            table = try CSV<Named>(url: URL(fileURLWithPath: file.string), delimiter: .comma, loadColumns: false)
        } catch {
            throw .unreadable(file, reason: "\(error)")
        }
        guard let pathColumn = Self.pathColumns.first(where: table.header.contains) else {
            throw .unreadable(file, reason: "its first line has to name a column “path”")
        }
        let folder = file.absolute.removingLastComponent()
        self.file = file
        columns = table.header
        rows = table.rows.compactMap { values in
            values[pathColumn].map { Row(FilePath($0).begun(in: folder).underRealFolder, values) }
        }
    }

    /// Throws a `LabelError` for a column that the table does not have.
    func check(_ column: String) throws(LabelError) {
        guard columns.contains(column) else { throw .noColumn(column, file, columns) }
    }
}
