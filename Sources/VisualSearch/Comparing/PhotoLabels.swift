import Foundation
import SwiftCSV
public import SystemPackage

/// What people say photos show, so that it can be told how often neighbours are what they meant.
public struct PhotoLabels: Sendable {
    private let source: Source

    private enum Source {
        case list([FilePath: String])
        case folders
    }

    /// The name of the folder that a photo lies in is its label.
    public static let folders = PhotoLabels(source: .folders)

    private init(source: Source) { self.source = source }

    /// Reads a CSV file (RFC 4180) whose first line names the columns, `path` and `label` among them; paths begin at the
    /// file's own folder. Throws a `LabelError` for a file that has no such columns, or is none.
    public init(csv path: FilePath) throws(LabelError) {
        let table: CSV<Named>
        do {
            table = try CSV<Named>(url: URL(fileURLWithPath: path.string), delimiter: .comma, loadColumns: false)
        } catch {
            throw .unreadable(path, reason: "\(error)")
        }
        guard Set(["path", "label"]).isSubset(of: table.header) else {
            throw .unreadable(path, reason: "its first line has to name the columns “path” and “label”")
        }
        let folder = path.removingLastComponent().absolute
        let labels = table.rows.compactMap { row in
            row["path"].flatMap { name in
                row["label"].map { (folder.pushing(FilePath(name)).lexicallyNormalized(), $0) }
            }
        }
        source = .list(Dictionary(labels) { $1 })
    }

    /// `nil` for a photo that nobody labelled. The path is absolute.
    func label(of photo: FilePath) -> String? {
        switch source {
        case .list(let labels): labels[photo]
        case .folders: photo.removingLastComponent().lastComponent?.string
        }
    }
}

/// Why labels cannot be used.
public enum LabelError: Error, Hashable, CustomStringConvertible {
    case unreadable(FilePath, reason: String)
    case noneInFolders
    case onlyOne(String)

    /// What is wrong, and what would be right.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "the labels in \(path) cannot be read: \(reason)"
        case .onlyOne(let label):
            "all photos have the label “\(label)”, so nothing that is found could be wrong: photos of at least two are needed"
        case .noneInFolders:
            "no photo in the folders has a label: paths in a CSV file begin at the folder that it lies in"
        }
    }
}
