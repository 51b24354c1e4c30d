extension ImageFormat {
    /// The size that a PNG or GIF claims for itself, which its decoder may ignore or refuse without saying why.
    func claimedSize(in bytes: [UInt8]) -> ImageSize? {
        switch self {
        case .png where bytes.count >= 24:
            ImageSize(width: Self.number(bytes[16..<20]), height: Self.number(bytes[20..<24]))
        case .gif where bytes.count >= 10:
            ImageSize(width: Self.number(bytes[6..<8].reversed()), height: Self.number(bytes[8..<10].reversed()))
        default: nil
        }
    }

    private static func number(_ bigEndian: some Sequence<UInt8>) -> Int {
        bigEndian.reduce(0) { $0 << 8 | Int($1) }
    }
}
