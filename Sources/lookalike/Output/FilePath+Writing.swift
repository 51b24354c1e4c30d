import Foundation
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension FilePath {
    /// Writes a file whole or not at all, and the folders above it. A link is followed; into what is no file, such
    /// as a pipe, is written as it is.
    func replaceContents(with bytes: [UInt8]) throws {
        do {
            let target = resolved
            switch target.type {
            case .typeDirectory?: throw Errno.isDirectory
            case .typeRegular?, nil: try target.replaceFile(with: bytes)
            default: try FileDescriptor.open(target, .writeOnly).write(all: bytes)
            }
        } catch {
            throw WritingError(path: self, reason: error as? Errno ?? .ioError)
        }
    }

    /// Throws if it is clear beforehand that nothing can be written here.
    func checkWritable() throws {
        guard resolved.type != .typeDirectory else { throw WritingError(path: self, reason: .isDirectory) }
        var folder = resolved.removingLastComponent()
        while !folder.isEmpty, folder.type == nil { folder.removeLastComponent() }
        guard (folder.isEmpty ? "." : folder).withPlatformString({ access($0, W_OK | X_OK) }) == 0 else {
            throw WritingError(path: self, reason: Errno(rawValue: errno))
        }
    }

    private var resolved: FilePath {
        guard let path = withPlatformString({ realpath($0, nil) }) else { return self }
        defer { free(path) }
        return FilePath(platformString: path)
    }

    /// `nil` where there is nothing of this name.
    private var type: FileAttributeType? {
        try? FileManager.default.attributesOfItem(atPath: string)[.type] as? FileAttributeType
    }

    private func replaceFile(with bytes: [UInt8]) throws {
        try makeFolders()
        let draft = removingLastComponent().appending(".\(lastComponent?.string ?? "").\(getpid()).part")
        do {
            try FileDescriptor.open(
                draft, .writeOnly, options: [.create, .truncate],
                permissions: [.ownerReadWrite, .groupRead, .otherRead]
            ).write(all: bytes)
            guard rename(draft.string, string) == 0 else { throw Errno(rawValue: errno) }
        } catch {
            unlink(draft.string)
            throw error
        }
    }

    private func makeFolders() throws {
        let folder = removingLastComponent()
        guard !folder.isEmpty, folder.type == nil else { return }
        try folder.makeFolders()
        guard mkdir(folder.string, 0o777) == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
    }
}

extension FileDescriptor {
    /// Writes and closes.
    fileprivate func write(all bytes: [UInt8]) throws {
        try closeAfter { _ = try writeAll(bytes) }
    }
}

/// A file that was asked for cannot be written.
struct WritingError: Error, CustomStringConvertible {
    let path: FilePath
    let reason: Errno

    var description: String { "\(path.printable) cannot be written: \(reason)" }
}
