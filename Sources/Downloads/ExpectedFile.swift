import Hashing
public import SystemPackage

/// What is known of a file before it is fetched.
public struct ExpectedFile: Sendable, Hashable {
    /// In bytes; several where only a rounded size was published.
    public let sizes: ClosedRange<Int>
    /// The hexadecimal digits that its SHA-256 begins with, or is.
    public let digest: String

    /// All 64 digits of a digest, or the first few where its publisher tells no more.
    public init(sizes: ClosedRange<Int>, sha256 digest: String) {
        (self.sizes, self.digest) = (sizes, digest.lowercased())
    }

    /// Whether it lies here already, by its digest.
    public func isAt(_ path: FilePath) -> Bool {
        (try? SHA256Digest(ofFileAt: path)).map(isMet) ?? false
    }

    func isMet(by found: SHA256Digest) -> Bool { found.description.hasPrefix(digest) }
}
