/// A small picture of a pattern that no other seed gives, as the bytes of a PNG.
public struct Swatch: Sendable {
    private let seed: UInt32
    private let width: Int
    private let height: Int

    public init(_ seed: Int, width: Int = 16, height: Int = 16) {
        self.seed = UInt32(truncatingIfNeeded: seed)
        (self.width, self.height) = (width, height)
    }

    /// Blocks of four by four colours, eight bits a channel, uncompressed (PNG specification, third edition).
    public var png: [UInt8] {
        var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        bytes += Self.chunk("IHDR", UInt32(width).bytes + UInt32(height).bytes + [8, 2, 0, 0, 0])
        bytes += Self.chunk("IDAT", compressed)
        bytes += Self.chunk("IEND", [])
        return bytes
    }

    /// The same picture in other bytes.
    public func png(labelled label: String) -> [UInt8] { Self.labelling(png, label) }

    /// A PNG with a comment after its header: the same picture in other bytes.
    public static func labelling(_ png: [UInt8], _ label: String) -> [UInt8] {
        let comment = chunk("tEXt", Array("Comment".utf8) + [0] + Array(label.utf8))
        return png.prefix(headerLength) + comment + png.dropFirst(headerLength)
    }

    private static let headerLength = 33

    /// Row by row, each after a byte that says that it is not filtered.
    private var rows: [UInt8] {
        var bytes: [UInt8] = []
        for row in 0..<height {
            bytes.append(0)
            for column in 0..<width { bytes += colour(of: row * 4 / height * 4 + column * 4 / width) }
        }
        return bytes
    }

    private func colour(of block: Int) -> [UInt8] {
        var state = (seed &* 0x9E37_79B9) ^ ((UInt32(block) &+ 1) &* 0x85EB_CA6B)
        return (0..<3).map { _ in
            state = (state ^ (state >> 15)) &* 0x2C1B_3C6D
            state = (state ^ (state >> 12)) &* 0x297A_2D39
            return UInt8(truncatingIfNeeded: state >> 16)
        }
    }

    /// Stored blocks in a zlib stream (RFC 1950, RFC 1951).
    private var compressed: [UInt8] {
        var (stream, rest): ([UInt8], ArraySlice<UInt8>) = ([0x78, 0x01], rows[...])
        let checksum = rest.reduce((low: UInt32(1), high: UInt32(0))) { sums, byte in
            let low = (sums.low + UInt32(byte)) % 65521
            return (low, (sums.high + low) % 65521)
        }
        while !rest.isEmpty {
            let block = rest.prefix(65535)
            rest = rest.dropFirst(65535)
            let length = UInt16(block.count)
            stream.append(rest.isEmpty ? 1 : 0)
            stream += length.littleEndianBytes + (~length).littleEndianBytes
            stream += block
        }
        return stream + (checksum.high << 16 | checksum.low).bytes
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let content = Array(name.utf8) + data
        return UInt32(data.count).bytes + content + checksum(of: content).bytes
    }

    /// CRC-32 as PNG has it.
    private static func checksum(of bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in (sum >> 8) ^ checksums[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
    }

    private static let checksums: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB8_8320 }
    }
}

extension UInt32 {
    /// The most significant first.
    fileprivate var bytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: self >> (24 - 8 * $0)) } }
}

extension UInt16 {
    fileprivate var littleEndianBytes: [UInt8] {
        [UInt8(truncatingIfNeeded: self), UInt8(truncatingIfNeeded: self >> 8)]
    }
}
