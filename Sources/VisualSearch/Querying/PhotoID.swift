public import Hashing

/// What a photo is called wherever a path would not do: by what is in its file, so that copies have the same name, and a photo keeps
/// its own when it is moved or a catalogue is made anew.
public struct PhotoID: Sendable, Hashable, LosslessStringConvertible {
    /// So many bytes tell any photos apart that anybody has.
    static let byteCount = 16

    /// The first bytes of the SHA-256 of the file.
    let bytes: [UInt8]

    /// Of a photo whose file has this digest.
    public init(of digest: SHA256Digest) { bytes = Array(digest.bytes.prefix(Self.byteCount)) }

    /// Of a photo that may lie in no file.
    public init(ofFile contents: [UInt8]) { self.init(of: SHA256Digest(of: contents)) }

    /// From 32 lower-case hexadecimal digits; `nil` for anything else.
    public init?(_ description: String) {
        let digits = description.utf8.compactMap(\.lowercaseHexadecimalValue)
        guard digits.count == 2 * Self.byteCount, description.utf8.count == digits.count else { return nil }
        bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// 32 lower-case hexadecimal digits.
    public var description: String { bytes.hexadecimal }
}

extension UInt8 {
    fileprivate var lowercaseHexadecimalValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
