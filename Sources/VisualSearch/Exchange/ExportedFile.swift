import Foundation
import SectionFiles
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A file that its user has named, written from beginning to end, which has its name only when all of it is on disk.
struct ExportedFile: ~Copyable {
    private let path: FilePath
    private var file: UnfinishedFile

    /// Leaves room for `count` bytes that are written last. A link is followed. Throws where something lies that is no file,
    /// since nothing could take its place.
    init(_ name: FilePath, reserving count: Int = 0) throws(ExchangeError) {
        path = name.linked
        do throws(Errno) {
            if let kind = try? FileStatus(following: path).kind, kind != .file {
                throw kind == .folder ? .isDirectory : .operationNotSupportedByDevice
            }
            file = try UnfinishedFile(for: path, reserving: count)
        } catch {
            throw .unwritable(name, error)
        }
    }

    mutating func append(_ bytes: some Collection<UInt8>) throws(ExchangeError) {
        do { try file.append(bytes) } catch { throw .unwritable(path, error) }
    }

    mutating func write(_ bytes: [UInt8], at offset: Int) throws(ExchangeError) {
        do { try file.write(bytes, at: offset) } catch { throw .unwritable(path, error) }
    }

    /// Whatever had the name before is gone then.
    mutating func takePlace() throws(ExchangeError) {
        do { try file.takePlace() } catch { throw .unwritable(path, error) }
    }
}

extension FilePath {
    /// What the path leads to, if there is anything.
    fileprivate var linked: FilePath {
        guard let path = withPlatformString({ realpath($0, nil) }) else { return self }
        defer { free(path) }
        return FilePath(platformString: path)
    }

    /// The path with another ending in place of `.npy`.
    func replacingExtension(with ending: String) -> FilePath {
        removingLastComponent().appending((stem ?? "") + ending)
    }

    var bytes: [UInt8] {
        withPlatformString { Array(UnsafeBufferPointer(start: $0, count: length)).map(UInt8.init(bitPattern:)) }
    }
}
