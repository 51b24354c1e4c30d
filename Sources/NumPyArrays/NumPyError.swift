public import SystemPackage

/// Why a file is not read as an array of numbers.
public enum NumPyError: Error, Hashable, CustomStringConvertible {
    case unreadable(FilePath, Errno)
    /// The file says nothing that can be understood, or not all of it.
    case malformed(FilePath, reason: String)
    /// A sound array of a kind that is not read here.
    case unsuitable(FilePath, reason: String)
    case wrongLength(FilePath, found: Int, expected: Int)

    /// Names the file, and how the array would have to be saved where it is one.
    public var description: String {
        switch self {
        case .unreadable(let path, .operationNotSupportedByDevice): "\(path) cannot be read: it is no file"
        case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
        case .malformed(let path, let reason): "\(path) is no .npy file that can be read: \(reason)"
        case .unsuitable(let path, let reason):
            "\(path) \(reason): save it as numpy.save(file, numpy.ascontiguousarray(array, '<f4')), one row a photo"
        case .wrongLength(let path, let found, let expected):
            "\(path) has \(found) bytes where its header asks for \(expected): it was cut off or added to"
        }
    }
}
