/// What has to be known of an embedded colour profile (ICC.1:2022) before its conversion is paid for.
enum ICCProfile {
    private static let headerLength = 128
    private static let tagLength = 12

    /// Whether a profile describes itself as sRGB, as nearly all in photos of cameras, phones and shops do.
    ///
    /// Converting from sRGB to sRGB would cost more than decoding the photo, and change nothing that is seen.
    static func isSRGB(_ profile: UnsafeRawBufferPointer) -> Bool {
        guard let description = description(of: profile) else { return false }
        let characters = description.filter { (0x20...0x7E).contains($0) }
        return characters.starts(with: "descsRGB".utf8) || characters.contains(ascii: "sRGB IEC61966")
    }

    /// The bytes of the `desc` tag, with its type signature at the front.
    private static func description(of profile: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer.SubSequence? {
        guard let tagCount = profile.bigEndian(at: headerLength) else { return nil }
        for tag in 0..<min(tagCount, 100) {
            let entry = headerLength + 4 + tag * tagLength
            guard let name = profile.bigEndian(at: entry), let offset = profile.bigEndian(at: entry + 4),
                let length = profile.bigEndian(at: entry + 8)
            else { return nil }
            if name == 0x6465_7363, offset + length <= profile.count { return profile[offset..<offset + length] }
        }
        return nil
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func bigEndian(at offset: Int) -> Int? {
        guard offset + 4 <= count else { return nil }
        return Int(UInt32(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
}

extension Collection<UInt8> {
    fileprivate func contains(ascii text: String) -> Bool {
        indices.contains { self[$0...].starts(with: text.utf8) }
    }
}
