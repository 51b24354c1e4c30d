import Archives
public import SystemPackage

/// An array of numbers in rows, in a file that is mapped: it is read as rows are asked for.
///
/// One that somebody shortens or overwrites meanwhile ends the process that reads it, as any mapped file does.
public struct NumPyArray: Sendable {
    /// What the file says of itself, and its length bears out.
    public let header: NumPyHeader
    private let start: Int
    private let block: MemoryBlock

    /// Throws unless the file holds as many numbers as it says, as 32- or 64-bit floats in rows, and nothing else.
    public init(mapping path: FilePath) throws(NumPyError) {
        do { block = try MemoryBlock(mapping: path) } catch { throw .unreadable(path, error) }
        (header, start) = try withExtendedLifetime(block) { (block) throws(NumPyError) in
            try NumPyHeaderReader(path: path, file: block.bytes).header()
        }
        guard let length = header.byteCount(after: start) else {
            throw .malformed(path, reason: "its shape has more numbers than any file")
        }
        guard length == block.bytes.count else {
            throw .wrongLength(path, found: block.bytes.count, expected: length)
        }
    }

    /// The numbers of one row; a 64-bit float that is too large becomes infinite.
    public func row(_ index: Int) -> [Float] {
        precondition((0..<header.rows).contains(index))
        let first = start + index * header.columns * header.element.size
        return withExtendedLifetime(block) {
            (0..<header.columns).map { number(at: first + $0 * header.element.size) }
        }
    }

    private func number(at place: Int) -> Float {
        switch header.element {
        case .float32: Float(bitPattern: UInt32(littleEndian: bits(at: place)))
        case .float64: Float(Double(bitPattern: UInt64(littleEndian: bits(at: place))))
        }
    }

    /// A header of any length may stand before the numbers.
    private func bits<Bits: FixedWidthInteger & BitwiseCopyable>(at place: Int) -> Bits {
        block.bytes.loadUnaligned(fromByteOffset: place, as: Bits.self)
    }
}

extension NumPyHeader {
    /// Of the whole file; `nil` where it is more than there can be.
    fileprivate func byteCount(after start: Int) -> Int? {
        let (count, isTooGreat) = rows.multipliedReportingOverflow(by: columns)
        let (size, isTooLong) = count.multipliedReportingOverflow(by: element.size)
        let (length, isLonger) = size.addingReportingOverflow(start)
        return isTooGreat || isTooLong || isLonger ? nil : length
    }
}
