import Catalogue
import Hashing
import SystemPackage

/// A photo's file as it was at one moment, read whole.
struct PhotoFile {
    let bytes: [UInt8]
    let digest: SHA256Digest
    /// As it is to be remembered.
    let stamp: FileStamp

    /// No camera writes more; reading more at once could exhaust the memory.
    private static let lengthLimit = 256_000_000

    init(reading path: FilePath) throws(SkipReason) {
        do {
            // Without waiting, since opening a pipe would wait for somebody to write into it.
            let file = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
            self = try file.closeAfter { try PhotoFile(reading: file) }
        } catch let reason as SkipReason {
            throw reason
        } catch {
            throw .unreadable(error as? Errno ?? .ioError)
        }
    }

    private init(reading file: FileDescriptor) throws {
        let time = FileStatus.now
        let before = try FileStatus(of: file)
        guard before.kind == .file else { throw before.kind == .folder ? SkipReason.isFolder : .notAFile }
        guard before.stamp.size <= Self.lengthLimit else {
            throw SkipReason.tooLong(bytes: before.stamp.size, limit: Self.lengthLimit)
        }
        bytes = try file.readAll(expecting: Int(before.stamp.size))
        guard bytes.count == before.stamp.size, try FileStatus(of: file).stamp == before.stamp else {
            throw SkipReason.changing
        }
        digest = SHA256Digest(of: bytes)
        stamp = before.stamp.settled(at: time)
    }
}

extension FileDescriptor {
    fileprivate func readAll(expecting length: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: length) { bytes, count in
            while count < length {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(bytes)[count...])
                let more = try read(into: rest)
                if more == 0 { break }
                count += more
            }
        }
    }
}
