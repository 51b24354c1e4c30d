import Imaging
import TestSupport
import Testing

@Suite struct ImageDecoderTests {
    private let decoder = ImageDecoder()

    private func photo(_ format: ImageEncoder.Format, _ picture: PixelImage = .gradient(64, 48)) throws -> [UInt8] {
        try ImageEncoder(format: format).encode(picture)
    }

    // MARK: What cannot be decoded

    @Test func saysThatAFileIsEmpty() {
        #expect(throws: ImageError.empty) { try decoder.decode([]) }
    }

    @Test(arguments: [
        ("<!DOCTYPE html><html>", "a web page"), ("<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
        ("%PDF-1.7 ...", "a PDF document"), ("Dear customer", nil),
    ])
    func saysWhatAFileIsInstead(text: String, name: String?) {
        #expect(throws: ImageError.notAPicture(resembles: name)) { try decoder.decode(Array(text.utf8)) }
    }

    @Test(arguments: zip(ImageEncoder.Format.allCases, [ImageFormat.jpeg, .png, .webp]))
    func refusesAPhotoThatIsCutShort(format: ImageEncoder.Format, name: ImageFormat) throws {
        let whole = try photo(format)
        for length in [12, 40, whole.count / 2, whole.count * 9 / 10] {
            #expect(throws: ImageError.damaged(name), "\(length) bytes") {
                try decoder.decode(Array(whole.prefix(length)))
            }
        }
    }

    @Test(arguments: ["P6 2 2 255\n", "GIF89a", "II*\0", "\0\0\0\u{18}ftypheic", "\0\0\0\u{18}ftypavif"])
    func refusesASignatureWithNothingBehindIt(text: String) {
        let error = #expect(throws: ImageError.self) { try decoder.decode(Array(text.utf8)) }
        guard case .damaged = error else { return #expect(Bool(false), "\(String(describing: error))") }
    }

    @Test func refusesAPNGThatClaims100000By100000Pixels() {
        let bytes = file("iVBORw0KGgoAAAANSUhEUgABhqAAAYagCAIAAAAnMJyfAAAAAElEQVQ1rwYe")
        let size = ImageSize(width: 100_000, height: 100_000)
        #expect(throws: ImageError.tooLarge(size, megapixelLimit: 100)) { try decoder.decode(bytes) }
    }

    @Test func refusesWhatIsOverItsOwnLimitAndTakesWhatIsAtIt() throws {
        let (at, over) = (PixelImage.grey(5, 1000, 1000), PixelImage.grey(5, 1001, 1000))
        #expect(try ImageDecoder(megapixelLimit: 1).decode(photo(.png, at)).size == at.size)
        #expect(throws: ImageError.tooLarge(over.size, megapixelLimit: 1)) {
            try ImageDecoder(megapixelLimit: 1).decode(photo(.png, over))
        }
    }

    // MARK: What is seen

    @Test func readsBackAPNGExactly() throws {
        var random = SeededRandom(seed: 5)
        let picture = PixelImage.noise(37, 23, &random)
        #expect(try decoder.decode(photo(.png, picture)) == picture)
    }

    @Test(arguments: [ImageEncoder.Format.jpeg, .webp])
    func readsBackAPhotoNearly(format: ImageEncoder.Format) throws {
        #expect(try difference(decoder.decode(photo(format)), .gradient(64, 48)) <= 16)
    }

    /// Three black or red pixels: not, wholly and half opaque.
    @Test func laysTransparencyOnWhite() throws {
        let bytes = file(
            "iVBORw0KGgoAAAANSUhEUgAAAAMAAAABCAYAAAAb4BS0AAAAD0lEQVR42mP4zwAGIKoBABF8An+ntMATAAAAAElFTkSuQmCC")
        let picture = try decoder.decode(bytes)
        #expect(picture[0, 0] == [255, 255, 255])
        #expect(picture[1, 0] == [0, 0, 0])
        #expect([126, 127, 128].contains(picture[2, 0][0]))
    }

    @Test(arguments: [
        ("iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR42mNgOAEAAMsAyfpstIsAAAAASUVORK5CYII=", 200),
        ("iVBORw0KGgoAAAANSUhEUgAAAAIAAAABEAAAAACB2fwVAAAADUlEQVR42mNgYGhoAAABhQEB2jBPJgAAAABJRU5ErkJggg==", 128),
    ])
    func turnsGreyOfEightAndSixteenBitsIntoColour(base64: String, level: UInt8) throws {
        let picture = try decoder.decode(file(base64))
        #expect(picture.pixels == [0, 0, 0, level, level, level])
    }

    @Test(arguments: [
        "P6\n2 1\n255\nabcdef", "P3\n2 1\n255\n97 98 99 100 101 102\n", "P5 2 1 255 ab", "P2\n2 1\n255\n97 98\n",
    ])
    func readsThePicturesOfNetpbm(text: String) throws {
        let isGrey = text.hasPrefix("P5") || text.hasPrefix("P2")
        let expected = PixelImage(width: 2, height: 1, pixels: Array((isGrey ? "aaabbb" : "abcdef").utf8))
        #expect(try ImageDecoder().decode(Array(text.utf8)) == expected)
    }

    @Test(arguments: [(1, false), (3, false), (6, true), (8, true)])
    func turnsAPhotoUpright(orientation: UInt8, lies: Bool) throws {
        let picture = PixelImage(48, 32) { x, y, _ in x < 24 && y < 16 ? 0 : 255 }
        let upright = try decoder.decode(turned(photo(.jpeg, picture), orientation))
        #expect(upright.size == (lies ? ImageSize(width: 32, height: 48) : picture.size))
        let corners = [
            (4, 4), (upright.width - 5, 4), (upright.width - 5, upright.height - 5), (4, upright.height - 5),
        ]
        let dark = corners.firstIndex { upright[$0.0, $0.1][0] < 30 }
        #expect(dark == [1: 0, 6: 1, 3: 2, 8: 3][orientation])
    }

    /// Puts an EXIF segment with nothing but the orientation behind a JPEG's first marker.
    private func turned(_ jpeg: [UInt8], _ orientation: UInt8) -> [UInt8] {
        let tag: [UInt8] = [1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0]
        let exif = Array("Exif\0\0".utf8) + [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0] + tag
        return jpeg.prefix(2) + [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + jpeg.dropFirst(2)
    }

    // MARK: Smaller at once

    /// A JPEG is reduced by a half, a quarter or an eighth first, and in all no further than asked for.
    @Test(arguments: ImageEncoder.Format.allCases, [(1, 1), (2, 2), (3, 2), (4, 4), (5, 4), (8, 8), (11, 8)])
    func decodesSmallerByAWholeFactor(format: ImageEncoder.Format, factors: (asked: Int, jpeg: Int)) throws {
        let picture = try decoder.decode(photo(format, .gradient(132, 96))) { _ in factors.asked }
        let factor = format == .jpeg ? factors.jpeg : factors.asked
        #expect(abs(picture.width - 132 / factor) <= 1 && abs(picture.height - 96 / factor) <= 1)
        let expected = PixelImage.gradient(132, 96).resized(to: picture.size, filter: .triangle)
        #expect(difference(picture, expected) <= 24)
    }

    @Test func asksWithTheSizeInTheFile() throws {
        var asked: [ImageSize] = []
        _ = try decoder.decode(photo(.jpeg)) { size in
            asked.append(size)
            return 2
        }
        #expect(asked == [ImageSize(width: 64, height: 48)])
    }

    @Test(arguments: [-3, 0, 1])
    func isNeverEnlarged(factor: Int) throws {
        #expect(try decoder.decode(photo(.png)) { _ in factor }.size == ImageSize(width: 64, height: 48))
    }

    @Test func leavesAPixelOfAThinPicture() throws {
        let picture = try decoder.decode(photo(.png, .grey(7, 300, 2))) { _ in 100 }
        #expect(picture == .grey(7, 3, 1))
    }

    @Test func leavesAPixelOfAThinJPEG() throws {
        #expect(try decoder.decode(photo(.jpeg, .grey(7, 300, 2))) { _ in 100 }.height == 1)
    }
}
