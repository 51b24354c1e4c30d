import Imaging
import Testing
import Vectors

@testable import Embedders

@Suite struct ColourLayoutEmbedderTests {
    private func embed(_ photo: PixelImage) throws -> Embedding { try ColourLayoutEmbedder().embed([photo])[0] }

    /// Stripes of red on a ground that brightens from left to right.
    private let striped = PixelImage(128, 128) { x, y, channel in
        y / 16 % 2 == 0 ? [180, 30, 40][channel] : x / 2 + 100
    }

    @Test func hasTheDimensionThatItSays() throws {
        #expect(ColourLayoutEmbedder.dimension == 1088)
        #expect(try embed(striped).dimension == 1088)
        #expect(try ColourLayoutEmbedder().embed([striped, striped, striped]).count == 3)
        #expect(try ColourLayoutEmbedder().embed([]).isEmpty)
    }

    @Test(arguments: [(0, 0, 0), (255, 255, 255), (127, 127, 127), (255, 0, 0), (0, 255, 255), (1, 2, 3)])
    func givesANumberForPicturesOfOneColour(red: UInt8, green: UInt8, blue: UInt8) throws {
        #expect(try embed(.flat(red, green, blue)).values.allSatisfy(\.isFinite))
    }

    @Test func seesNoLayoutInAGreyPicture() throws {
        for level in stride(from: 0, through: 255, by: 15) {
            let thumbnail = try embed(.flat(UInt8(level), UInt8(level), UInt8(level))).values.prefix(768)
            #expect(thumbnail.allSatisfy { $0 == 0 }, "grey \(level)")
        }
    }

    @Test func describesTheSamePictureTheSame() throws {
        #expect(try embed(striped) == embed(striped))
    }

    @Test func tellsColoursApartMoreThanBrightness() throws {
        let pixels = striped.pixels
        let brighter = PixelImage(width: 128, height: 128, pixels: pixels.map { min(255, $0 + 4) })
        let recoloured = PixelImage(128, 128) { x, y, channel in Int(pixels[(y * 128 + x) * 3 + (channel + 1) % 3]) }
        let original = try embed(striped)
        #expect(try original.cosine(embed(brighter)) > original.cosine(embed(recoloured)) + 0.1)
    }
}
