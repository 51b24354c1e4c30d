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

    package init(_ contents: [UInt8]) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: contents.count, alignment: 64)
        memory.copyBytes(from: contents)
        bytes = UnsafeRawBufferPointer(memory)
        isMapped = false
    }

    /// Maps a file: it is read from disk as it is used, and shared with every other process that uses it.
    package init(mapping path: FilePath) throws(Errno) {
        do {
            let file = try FileDescriptor.open(path, .readOnly)
            defer { try? file.close() }
            let length = Int(try file.seek(offset: 0, from: .end))
            guard let start = mmap(nil, max(length, 1), PROT_READ, MAP_PRIVATE, file.rawValue, 0), start != MAP_FAILED
            else { throw Errno(rawValue: errno) }
            bytes = UnsafeRawBufferPointer(start: start, count: length)
            isMapped = true
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    deinit {
        if isMapped {
            munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), max(bytes.count, 1))
        } else {
            bytes.deallocate()
        }
    }
}
