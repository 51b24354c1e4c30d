import Foundation
public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What whoever asks must know where others than this machine's users can ask.
public struct AccessToken: Sendable {
    /// Why a file has no token.
    public enum Unusable: Error, CustomStringConvertible {
        case unreadable(FilePath)
        case tooShort(FilePath)
        case readableByOthers(FilePath)

        /// In a sentence without a full stop.
        public var description: String {
            switch self {
            case .unreadable(let path): "\(path) cannot be read: name a file that holds the token"
            case .tooShort(let path):
                "the token in \(path) is shorter than 16 characters: ‘openssl rand -hex 32’ makes one"
            case .readableByOthers(let path):
                "\(path) may be read by others than its owner: ‘chmod 600 \(path)’ keeps it to yourself"
            }
        }
    }

    private let bytes: [UInt8]

    /// Any text of at least 16 bytes.
    init(_ text: String) { bytes = Array(text.utf8) }

    /// From the first line of a file that nobody else may read.
    public init(in path: FilePath) throws(Unusable) {
        // A link is as readable as what it leads to.
        let file = URL(fileURLWithPath: path.string).resolvingSymlinksInPath().path
        guard let text = try? String(contentsOfFile: file, encoding: .utf8),
            let permissions = try? FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        else { throw .unreadable(path) }
        guard permissions & path.permissionsOfOthers == 0 else { throw .readableByOthers(path) }
        let line = text.split(whereSeparator: \.isNewline).first?.trimmingCharacters(in: .whitespaces) ?? ""
        guard line.utf8.count >= 16 else { throw .tooShort(path) }
        self.init(line)
    }

    /// Takes as long for any text of the same length, so that nobody learns from the time how much of it is right.
    func isSame(as text: some StringProtocol) -> Bool {
        let other = Array(text.utf8)
        var difference = UInt8(other.count == bytes.count ? 0 : 1)
        for (place, byte) in other.enumerated() { difference |= byte ^ bytes[place % bytes.count] }
        return difference == 0
    }
}

extension FilePath {
    /// The permissions that would make a secret of a file none. What a service manager hands over (systemd’s credentials) is
    /// given to its user by an access control list, which shows where a group’s permissions do.
    fileprivate var permissionsOfOthers: Int {
        guard let folder = getenv("CREDENTIALS_DIRECTORY").map({ FilePath(String(cString: $0)) }), starts(with: folder)
        else { return 0o077 }
        return 0o007
    }
}
