import Foundation
public import SystemPackage

/// What people say photos show, so that it can be told how often neighbours are what they meant.
public struct PhotoLabels: Sendable {
    private let source: Source

    private enum Source {
        case list([FilePath: String])
        case folders
        case names(NSRegularExpression)
    }

    /// The name of the folder that a photo lies in is its label.
    public static let folders = PhotoLabels(source: .folders)

    private init(source: Source) { self.source = source }

    /// Reads a column of a `PhotoTable`, of those rows in which each of the columns in `conditions` has one of the values. Throws a
    /// `LabelError` for a file that has no such column.
    public init(csv path: FilePath, column: String = "label", conditions: [String: Set<String>] = [:])
        throws(LabelError)
    {
        let table = try PhotoTable(csv: path)
        for column in [column] + conditions.keys { try table.check(column) }
        let rows = table.rows.filter { row in conditions.allSatisfy { $1.contains(row[$0] ?? "") } }
        source = .list(Dictionary(rows.compactMap { row in row[column].map { (row.path, $0) } }) { $1 })
    }

    /// What a regular expression finds in a photo's file name is its label: of what is in parentheses the first, or else all of it.
    /// Throws a `LabelError` for a text that is no such expression.
    public init(matching pattern: String) throws(LabelError) {
        do { source = .names(try NSRegularExpression(pattern: pattern)) } catch { throw .noExpression(pattern) }
    }

    /// Throws where no photo in the folders can have a label, as far as a list tells that before anybody looks at them.
    public func check(for folders: [PhotoFolder]) throws(LabelError) {
        guard case .list(let labels) = source else { return }
        guard labels.keys.contains(where: { path in folders.contains { $0.contains(path) } }) else {
            throw .noneInFolders
        }
    }

    /// `nil` for a photo that nobody labelled, or whose label is empty. The path is absolute.
    func label(of photo: FilePath) -> String? {
        let label = said(of: photo)?.trimmingCharacters(in: .whitespaces)
        return label?.isEmpty == false ? label : nil
    }

    private func said(of photo: FilePath) -> String? {
        switch source {
        case .list(let labels): labels[photo]
        case .folders: photo.removingLastComponent().lastComponent?.string
        case .names(let expression): expression.label(in: photo.lastComponent?.string ?? "")
        }
    }
}

extension NSRegularExpression {
    fileprivate func label(in name: String) -> String? {
        guard let match = firstMatch(in: name, range: NSRange(name.startIndex..., in: name)) else { return nil }
        let part = match.numberOfRanges > 1 ? match.range(at: 1) : match.range
        return Range(part, in: name).map { String(name[$0]) }
    }
}

/// Why labels cannot be used.
public enum LabelError: Error, Hashable, CustomStringConvertible {
    case unreadable(FilePath, reason: String)
    case noColumn(String, FilePath, [String])
    case noneInFolders
    case noExpression(String)
    case onlyOne(String)
    case noQueries
    case noGallery

    /// What is wrong, and what would be right.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "the labels in \(path) cannot be read: \(reason)"
        case .noColumn(let name, let path, let columns):
            "\(path) has no column “\(name)”: its first line names \(columns.map { "“\($0)”" }.joined(separator: ", "))"
        case .onlyOne(let label):
            "all photos have the label “\(label)”, so nothing that is found could be wrong: photos of at least two are needed"
        case .noneInFolders:
            "no photo in the folders has a label: paths in a CSV file begin at the folder that it lies in, and a pattern has to find something in file names"
        case .noExpression(let pattern):
            "“\(pattern)” is no regular expression: (\\d{8}), for example, finds eight digits in a row"
        case .noQueries:
            "no photo asks: the conditions on queries leave none, or no other photo has the label of one that is left"
        case .noGallery: "no photo can be found: the conditions on the gallery leave none that is in the folders"
        }
    }
}
