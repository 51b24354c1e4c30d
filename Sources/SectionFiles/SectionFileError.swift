public import SystemPackage

/// Why a file of sections cannot be read or written.
public enum SectionFileError: Error, Hashable, CustomStringConvertible {
    case unreadable(FilePath, Errno)
    /// The file is something else altogether, and probably was never meant.
    case foreign(FilePath)
    case otherVersion(FilePath, found: UInt32)
    case otherKind(FilePath, found: String, expected: String)
    case wrongLength(FilePath, found: Int, expected: UInt64)
    case unsound(FilePath, reason: String)
    case damaged(FilePath, section: String)
    case missing(FilePath, section: String)
    case wrongCount(FilePath, section: String, found: Int, expected: Int, valueSize: Int)
    case unsuitable(FilePath, reason: String)
    case unwritable(FilePath, Errno)

    /// Names the file, and the section that is meant. Whatever could not be written leaves nothing behind.
    public var description: String {
        switch self {
        case .unreadable(let path, .operationNotSupportedByDevice):
            "\(path) cannot be read: it is no file that can be mapped into memory"
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .foreign(let path): "\(path) is no file of sections: it begins with other bytes"
        case .otherVersion(let path, let found):
            "\(path) has version \(found) of its format, and only version \(SectionFileHeader.version) is known here"
        case .otherKind(let path, let found, let expected): "\(path) holds “\(found)” and not “\(expected)”"
        case .wrongLength(let path, let found, let expected):
            "\(path) has \(found) bytes where there should be \(expected): it was cut off or added to"
        case .unsound(let path, let reason): "\(path) is damaged: \(reason)"
        case .damaged(let path, let section):
            "\(path) is damaged: its section “\(section)” does not have the checksum that it was written with"
        case .missing(let path, let section): "\(path) has no section “\(section)”"
        case .wrongCount(let path, let section, let found, let expected, let valueSize):
            "section “\(section)” of \(path) has \(found) bytes, which are not \(expected) values of \(valueSize)"
        case .unsuitable(let path, let reason): "\(path) cannot be written: \(reason)"
        case .unwritable(let path, .noSpace), .unwritable(let path, .diskQuotaExceeded):
            "\(path) cannot be written: the disk is full. Nothing of it is kept: make room, and run the same again"
        case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
        }
    }
}
