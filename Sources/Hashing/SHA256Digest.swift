/// The SHA-256 of some bytes (FIPS 180-4): what a file is, whatever it is called.
public struct SHA256Digest: Sendable, Hashable, CustomStringConvertible {
    /// 32 bytes.
    public let bytes: [UInt8]

    /// `nil` unless there are exactly 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == SHA256Hasher.byteCount else { return nil }
        self.bytes = bytes
    }

    /// The digest of all of `contents` at once.
    public init(of contents: [UInt8]) {
        var hasher = SHA256Hasher()
        contents.withUnsafeBytes { hasher.update($0) }
        self = hasher.finalize()
    }

    init(finished bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// 64 lower-case hexadecimal digits.
    public var description: String { bytes.hexadecimal }
}

extension [UInt8] {
    /// Two lower-case hexadecimal digits for each.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension SHA256Digest {
    /// `nil` unless the text is 64 hexadecimal digits.
    public init?(hexadecimal text: String) {
        let digits = text.compactMap(\.hexDigitValue).map(UInt8.init)
        guard text.utf8.count == 64, digits.count == 64 else { return nil }
        self.init(bytes: stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
    }
}

extension SHA256Digest: Codable {
    /// Throws unless there are 64 hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = SHA256Digest(hexadecimal: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no SHA-256 in hexadecimal digits")
        }
        self = digest
    }

    /// As `description`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
