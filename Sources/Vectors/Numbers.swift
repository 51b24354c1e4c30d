/// Numbers in memory that nobody changes any more, whoever keeps the memory: this process, or a mapped file.
///
/// Unchecked, because the compiler cannot see that nobody writes through the pointer.
package struct Numbers<Element: BitwiseCopyable>: @unchecked Sendable {
    package let buffer: UnsafeBufferPointer<Element>
    private let owner: AnyObject

    /// For memory that `owner` keeps for as long as it lives.
    package init(_ buffer: UnsafeBufferPointer<Element>, keptBy owner: AnyObject) {
        self.buffer = buffer
        self.owner = owner
    }

    /// For so many numbers that are written now, and are zero where they are not.
    init(count: Int, _ write: (UnsafeMutableBufferPointer<Element>) throws -> Void) rethrows {
        let memory = OwnedMemory(byteCount: count * MemoryLayout<Element>.stride)
        let buffer = memory.bytes.bindMemory(to: Element.self)
        try write(buffer)
        self.init(UnsafeBufferPointer(rebasing: buffer[..<count]), keptBy: memory)
    }

    package init(_ array: [Element]) {
        self.init(count: array.count) { _ = $0.update(fromContentsOf: array) }
    }

    package var count: Int { buffer.count }

    package subscript(index: Int) -> Element { buffer[index] }

    /// Where a number and those behind it lie.
    func pointer(to index: Int) -> UnsafePointer<Element> { buffer.baseAddress! + index }
}

/// Memory that lines of the processor's cache begin with, and that is given back with its owner.
private final class OwnedMemory {
    let bytes: UnsafeMutableRawBufferPointer

    init(byteCount: Int) {
        bytes = .allocate(byteCount: max(byteCount, 64), alignment: 64)
        bytes.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit { bytes.deallocate() }
}
