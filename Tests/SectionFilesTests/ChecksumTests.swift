import TestSupport
import Testing

@testable import SectionFiles

@Suite struct ChecksumTests {
    /// The file's golden has longer ones.
    @Test func ofNothingIsThatOfTheSpecification() {
        #expect(Checksum.of(UnsafeRawBufferPointer(start: nil, count: 0)) == 0x2D06_8005_38D3_94C2)
    }

    @Test func ofPiecesIsThatOfTheWhole() {
        var random = SeededRandom(seed: 5)
        var checksum = Checksum()
        for length in [0, 1, 16, 240, 241, 1024, 70_000] {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 0...3000, using: &random))
                piece.withUnsafeBytes { checksum.update($0) }
                rest = rest.dropFirst(piece.count)
            }
            #expect(checksum.finish() == bytes.withUnsafeBytes(Checksum.of), "\(length) bytes")
        }
    }
}
