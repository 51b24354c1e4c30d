import Catalogue
import Hashing
import ObjectStores
import SystemPackage

/// A photo's file or object as it was at one moment, read whole.
struct PhotoFile {
    let bytes: [UInt8]
    let digest: SHA256Digest
    /// As it is to be remembered.
    let stamp: FileStamp

    /// No camera writes more; reading more at once could exhaust the memory.
    private static let lengthLimit = 256_000_000

    /// Blocks, for an object as long as its store takes.
    init(reading path: FilePath) throws(SkipReason) {
        do {
            if let address = ObjectAddress(path) {
                self.init(try address.contents(upTo: Self.lengthLimit), at: FileStatus.now)
                return
            }
            // Without waiting, since opening a pipe would wait for somebody to write into it.
            let file = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
            self = try file.closeAfter { try PhotoFile(reading: file) }
        } catch {
            throw SkipReason(reading: error)
        }
    }

    /// The same without blocking for an object; throws a `SkipReason`, or a `CancellationError` once its task is cancelled.
    static func reading(_ path: FilePath) async throws -> PhotoFile {
        guard let address = ObjectAddress(path) else { return try PhotoFile(reading: path) }
        do { return PhotoFile(try await address.contents(upTo: lengthLimit), at: FileStatus.now) } catch let error
            as ObjectStoreError
        {
            throw SkipReason.store(error)
        }
    }

    private init(_ object: (bytes: [UInt8], version: ObjectVersion), at time: Int64) {
        (bytes, digest) = (object.bytes, SHA256Digest(of: object.bytes))
        stamp = FileStamp(of: object.version, readAt: time)
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

extension SkipReason {
    fileprivate init(reading error: any Error) {
        self =
            switch error {
            case let reason as SkipReason: reason
            case let error as ObjectStoreError: .store(error)
            default: .unreadable(error as? Errno ?? .ioError)
            }
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
