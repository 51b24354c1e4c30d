public import SystemPackage

/// Why embeddings cannot be written into a file, or taken from one.
public enum ExchangeError: Error, Hashable, CustomStringConvertible {
    case unreadable(FilePath, Errno)
    case unwritable(FilePath, Errno)
    case noFormat(FilePath)
    case otherModel(FilePath, found: String, expected: String)
    /// Neither the file's description nor the user says which model it is of.
    case modelUnknown(FilePath, description: FilePath)
    case notADescription(FilePath)
    case otherDimension(FilePath, found: Int, expected: Int)
    case otherCount(FilePath, found: Int, expected: Int)
    case notAPath(FilePath, line: Int)

    /// Names the file, and what would be right.
    public var description: String {
        switch self {
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
        case .noFormat(let path): "\(path) should end in .npy or .csv, which says what is written"
        case .otherModel(let path, let found, let expected):
            "\(path) is of “\(found)”, and embeddings of “\(expected)” are taken: choose the same with --model"
        case .modelUnknown(let path, let description):
            "nothing says which model \(path) is of: name it with --model, or put \(description) beside it"
        case .notADescription(let path): "\(path) is no description of embeddings as lookalike export writes it"
        case .otherDimension(let path, let found, let expected):
            "\(path) has \(found) numbers a row, and the model gives \(expected)"
        case .otherCount(let path, let found, let expected):
            "\(path) has \(found) paths, and there are \(expected) embeddings: one path a row is needed"
        case .notAPath(let path, let line): "line \(line) of \(path) is no path"
        }
    }
}
