import Imaging

extension ColourSignature {
    /// Of each colour its three numbers and its share, as little-endian floats: 16 bytes.
    public var bytes: [UInt8] {
        zip(colours, shares).flatMap { colour, share in
            [colour.lightness, colour.a, colour.b, share].flatMap { number in
                withUnsafeBytes(of: number.bitPattern.littleEndian, Array.init)
            }
        }
    }

    /// Takes what `bytes` gave; `nil` where they are of no signature.
    public init?(bytes: [UInt8]) {
        let numbers = stride(from: 0, to: bytes.count, by: 4).map { start in
            Float(bitPattern: bytes[start..<min(start + 4, bytes.count)].reversed().reduce(0) { $0 << 8 | UInt32($1) })
        }
        let starts = stride(from: 0, to: numbers.count, by: 4)
        guard bytes.count % 16 == 0, (1...Self.mostColours).contains(numbers.count / 4),
            numbers.allSatisfy(\.isFinite)
        else { return nil }
        colours = starts.map { OKLab(lightness: numbers[$0], a: numbers[$0 + 1], b: numbers[$0 + 2]) }
        shares = starts.map { numbers[$0 + 3] }
        guard shares.allSatisfy({ $0 >= 0 }), abs(shares.reduce(0, +) - 1) < 1e-3 else { return nil }
    }
}
