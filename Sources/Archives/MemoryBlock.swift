package import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Memory that is written before it is shared and only read from then on.
///
/// Unchecked, because the compiler cannot see that nobody writes through the pointer.
package final class MemoryBlock: @unchecked Sendable {
    package let bytes: UnsafeRawBufferPointer
    private let isMapped: Bool

    package convenience init(_ contents: [UInt8]) {
        self.init(byteCount: contents.count) { $0.copyBytes(from: contents) }
    }

    /// `fill` is to write all of it.
    package init(byteCount: Int, fill: (UnsafeMutableRawBufferPointer) -> Void) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: byteCount, alignment: 64)
        fill(memory)
        bytes = UnsafeRawBufferPointer(memory)
        isMapped = false
    }

    /// Maps a file: it is read from disk as it is used, and shared with every other process that uses it.
    ///
    /// Throws `.operationNotSupportedByDevice` for what is no regular file, and waits for nobody at the other end of a pipe.
    package init(mapping path: FilePath) throws(Errno) {
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: [.nonBlocking, .closeOnExec])
            defer { try? file.close() }
            let length = try Self.length(of: file)
            guard let start = mmap(nil, max(length, 1), PROT_READ, MAP_PRIVATE, file.rawValue, 0), start != MAP_FAILED
            else { throw Errno(rawValue: errno) }
            bytes = UnsafeRawBufferPointer(start: start, count: length)
            isMapped = true
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    private static func length(of file: FileDescriptor) throws(Errno) -> Int {
        var status = stat()
        guard fstat(file.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .operationNotSupportedByDevice }
        return Int(status.st_size)
    }

    deinit {
        if isMapped {
            munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), max(bytes.count, 1))
        } else {
            bytes.deallocate()
        }
    }
}
