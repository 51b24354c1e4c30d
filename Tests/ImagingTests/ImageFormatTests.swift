import Imaging
import Testing

@Suite struct ImageFormatTests {
    @Test(arguments: [
        ([0xFF, 0xD8, 0xFF, 0xE0], ImageFormat.jpeg),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png),
        (Array("RIFF\u{1}\u{2}\u{3}\u{4}WEBPVP8 ".utf8), .webp),
        (Array("GIF87a".utf8), .gif), (Array("GIF89a".utf8), .gif),
        ([0x49, 0x49, 0x2A, 0], .tiff), ([0x4D, 0x4D, 0, 0x2A], .tiff),
        (Array("\0\0\0\u{18}ftypheic".utf8), .heic), (Array("\0\0\0\u{18}ftypmif1".utf8), .heic),
        (Array("\0\0\0\u{1C}ftypavif".utf8), .avif),
        (Array("P6 2 2 255\n".utf8), .ppm), (Array("P3\n2 2".utf8), .ppm),
    ])
    func isKnownByItsSignature(bytes: [UInt8], format: ImageFormat) {
        #expect(ImageFormat(signatureOf: bytes) == format)
    }

    @Test(arguments: [
        "", "P", "P6", "P7 2 2", "P62", "GIF88a", "RIFF....WAVE", "....ftypqt  ", "II*", "<svg/>", "%PDF-1.7",
        "\u{FFFD}PNG",
    ])
    func isNotGuessed(text: String) {
        #expect(ImageFormat(signatureOf: Array(text.utf8)) == nil)
    }

    @Test func needsItsWholeSignature() {
        #expect(ImageFormat(signatureOf: [0xFF, 0xD8]) == nil)
        #expect(ImageFormat(signatureOf: [0x89, 0x50, 0x4E, 0x47]) == nil)
    }
}
