import CZlib

/// Undoes deflation (RFC 1951) through zlib, into memory of the size that is expected.
struct Inflater: ~Copyable {
    /// No stream of this many bytes stands for more than a thousand times as many.
    private static let greatestRatio = 1032

    /// zlib's state points back at it, so it must stay where it is.
    private let stream: UnsafeMutablePointer<z_stream>

    /// `nil` unless all of `source`, and nothing else, inflates to exactly `size` bytes.
    static func inflated(_ source: UnsafeRawBufferPointer, size: Int) -> [UInt8]? {
        guard size / greatestRatio <= source.count, let inflater = Inflater() else { return nil }
        var isWhole = false
        let contents = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { target, count in
            isWhole = inflater.inflate(source, into: UnsafeMutableBufferPointer(rebasing: target[..<size]))
            count = isWhole ? size : 0
        }
        return isWhole ? contents : nil
    }

    private init?() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // Negative: raw deflate data, without zlib's own header.
        let status = inflateInit2_(stream, -MAX_WBITS, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
        if status != Z_OK { return nil }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// zlib counts what it is handed in 32 bits, so both sides are handed over in pieces.
    private func inflate(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableBufferPointer<UInt8>) -> Bool {
        var status = Z_OK
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: source.assumingMemoryBound(to: UInt8.self).baseAddress)
        stream.pointee.next_out = target.baseAddress
        while status == Z_OK {
            stream.pointee.avail_in = UInt32(clamping: source.count - Int(stream.pointee.total_in))
            stream.pointee.avail_out = UInt32(clamping: target.count - Int(stream.pointee.total_out))
            status = CZlib.inflate(stream, Z_NO_FLUSH)
        }
        return status == Z_STREAM_END && stream.pointee.total_in == source.count
            && stream.pointee.total_out == target.count
    }
}
