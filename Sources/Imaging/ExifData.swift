/// What has to be known of a camera's notes (Exif 2.32, 4.6) before a photo is decoded.
enum ExifData {
    private static let orientation = 0x0112
    private static let short = 3
    private static let topLeft = 1
    private static let entryLength = 12

    /// Whether the notes say, beyond doubt, that the first row of pixels is the top one, or nothing about it.
    static func isUpright(_ notes: UnsafeRawBufferPointer) -> Bool {
        guard let numbers = Numbers(notes), let directory = numbers.long(at: 4),
            let count = numbers.short(at: directory)
        else { return false }
        for entry in stride(from: directory + 2, to: directory + 2 + count * entryLength, by: entryLength) {
            guard let tag = numbers.short(at: entry) else { return false }
            guard tag == orientation else { continue }
            return numbers.short(at: entry + 2) == short && numbers.short(at: entry + 8) == topLeft
        }
        return true
    }

    /// Numbers in the byte order that the notes begin with.
    private struct Numbers {
        private let bytes: UnsafeRawBufferPointer
        private let isBigEndian: Bool

        init?(_ bytes: UnsafeRawBufferPointer) {
            guard bytes.starts(with: "II*\0".utf8) || bytes.starts(with: "MM\0*".utf8) else { return nil }
            self.bytes = bytes
            isBigEndian = bytes[0] == UInt8(ascii: "M")
        }

        func short(at offset: Int) -> Int? { number(at: offset, as: UInt16.self) }
        func long(at offset: Int) -> Int? { number(at: offset, as: UInt32.self) }

        private func number<Number: FixedWidthInteger>(at offset: Int, as type: Number.Type) -> Int? {
            guard offset + MemoryLayout<Number>.size <= bytes.count else { return nil }
            let number = bytes.loadUnaligned(fromByteOffset: offset, as: type)
            return Int(isBigEndian ? Number(bigEndian: number) : Number(littleEndian: number))
        }
    }
}
