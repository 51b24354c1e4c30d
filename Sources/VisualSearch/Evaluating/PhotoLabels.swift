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

    /// Reads a `PhotoTable` that has the column `label`. Throws a `LabelError` for a file that has none.
    public init(csv path: FilePath) throws(LabelError) {
        let table = try PhotoTable(csv: path)
        try table.check("label")
        source = .list(Dictionary(table.rows.compactMap { row in row["label"].map { (row.path, $0) } }) { $1 })
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
    case noColumn(String, FilePath, [String])
    case noneInFolders
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
            "no photo in the folders has a label: paths in a CSV file begin at the folder that it lies in"
        case .noQueries:
            "no photo asks: the conditions on queries leave none, or no other photo has the label of one that is left"
        case .noGallery: "no photo can be found: the conditions on the gallery leave none that is in the folders"
        }
    }
}
