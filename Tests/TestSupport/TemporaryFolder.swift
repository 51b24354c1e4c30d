import Foundation
public import SystemPackage

/// A folder that is there as long as this value is kept.
public final class TemporaryFolder: Sendable {
    public let path: FilePath

    public init() {
        let url = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appendingPathComponent("lookalike-\(UUID().uuidString)")
        path = FilePath(url.path)
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch {
            fatalError("no temporary folder can be made: \(error)")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path.string) }

    public func appending(_ name: String) -> FilePath { path.appending(name) }

    /// Writes a file, and the folders above it.
    @discardableResult
    public func write(_ bytes: [UInt8], to name: String) throws -> FilePath {
        let file = path.pushing(FilePath(name))
        try FileManager.default.createDirectory(
            atPath: file.removingLastComponent().string, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: file.string))
        return file
    }

    /// Removes a file, or a folder with all in it.
    public func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: appending(name).string) }
}
