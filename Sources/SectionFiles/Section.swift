import Archives
import SystemPackage

extension SectionFile {
    /// One section's bytes, which stay mapped for as long as any section of the file is kept.
    public struct Section: Sendable {
        /// Given by the writer, and once in a file.
        public let name: String
        private let checksum: UInt64
        private let range: Range<Int>
        private let block: MemoryBlock
        private let path: FilePath

        init(_ entry: SectionFileHeader.Entry, in block: MemoryBlock, at path: FilePath) {
            name = entry.name
            checksum = entry.checksum
            range = entry.range
            self.block = block
            self.path = path
        }

        /// Begins at a page, and is followed by zeros up to the next one. Who uses them keeps the section, if need be by
        /// `withExtendedLifetime`: the compiler lets go of it once it is not named any more.
        public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: block.bytes[range]) }

        /// The section as an array, as it lay in memory when it was written; throws unless that has `count` values.
        public func values<Value: BitwiseCopyable>(of type: Value.Type, count: Int) throws(SectionFileError)
            -> UnsafeBufferPointer<Value>
        {
            let size = MemoryLayout<Value>.stride
            guard count >= 0, bytes.count.isMultiple(of: size), bytes.count / size == count else {
                throw .wrongCount(path, section: name, found: bytes.count, expected: count, valueSize: size)
            }
            return bytes.bindMemory(to: type)
        }

        /// Reads all of the section; throws `.damaged` unless it, and the zeros behind it, are as they were written.
        ///
        /// Where pages are released, never more than a few megabytes of the section count as this process's memory.
        public func verify(releasing: Bool = false) throws(SectionFileError) {
            let isSound = withExtendedLifetime(self) {
                sum(releasing: releasing) == checksum && padding.allSatisfy { $0 == 0 }
            }
            guard isSound else { throw .damaged(path, section: name) }
        }

        private static let piece = 8 << 20

        private func sum(releasing: Bool) -> UInt64 {
            guard releasing else { return Checksum.of(bytes) }
            var sum = Checksum()
            for start in stride(from: 0, to: bytes.count, by: Self.piece) {
                sum.update(UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + Self.piece, bytes.count)]))
                release()
            }
            return sum.finish()
        }

        private var padding: Slice<UnsafeRawBufferPointer> {
            block.bytes[range.upperBound..<SectionFileHeader.endOfPage(range.upperBound)]
        }
    }
}
