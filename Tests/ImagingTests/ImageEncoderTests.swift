import Imaging
import Testing

@Suite struct ImageEncoderTests {
    @Test(arguments: zip(ImageEncoder.Format.allCases, [ImageFormat.jpeg, .png, .webp]))
    func writesTheFormatAskedFor(format: ImageEncoder.Format, signature: ImageFormat) throws {
        let bytes = try ImageEncoder(format: format).encode(.gradient(9, 7))
        #expect(ImageFormat(signatureOf: bytes) == signature)
    }

    @Test(arguments: [
        ("jpg", ImageEncoder.Format.jpeg), ("JPEG", .jpeg), ("Png", .png), ("webp", .webp), ("tiff", nil), ("", nil),
    ])
    func isChosenByTheEndOfAName(name: String, format: ImageEncoder.Format?) {
        #expect(ImageEncoder.Format(fileExtension: name) == format)
    }

    @Test(arguments: ImageEncoder.Format.allCases)
    func writesThePixelsOfTheSmallestPicture(format: ImageEncoder.Format) throws {
        let bytes = try ImageEncoder(format: format).encode(.grey(100, 1, 1))
        #expect(try difference(ImageDecoder().decode(bytes), .grey(100, 1, 1)) <= 2)
    }

    /// WebP ends at 16,383 pixels.
    @Test func saysThatAPictureIsTooLongForItsFormat() {
        #expect(throws: ImageError.undrawable(reason: "20000 x 1 pixels cannot be written as webp")) {
            try ImageEncoder(format: .webp).encode(.grey(0, 20_000, 1))
        }
    }
}
