import Imaging
import Testing

@Suite struct VectorPictureTests {
    private static let drawing = """
        <svg xmlns="http://www.w3.org/2000/svg" width="6" height="4"><rect width="3" height="4" fill="#123456"/></svg>
        """

    @Test func rendersOnWhite() throws {
        let picture = try VectorPicture(svg: Self.drawing).rendered()
        #expect(picture.size == ImageSize(width: 6, height: 4))
        #expect(picture[0, 0] == [0x12, 0x34, 0x56])
        #expect(picture[5, 3] == [255, 255, 255])
    }

    @Test(arguments: ["", "<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"6\"><rect></svg>", "a word"])
    func refusesADrawingThatIsNotSound(svg: String) {
        #expect(throws: ImageError.undrawable(reason: "its SVG is not sound")) {
            try VectorPicture(svg: svg).rendered()
        }
    }

    @Test func isNeverReadFromAPhotosFile() throws {
        let refusal = ImageError.notAPicture(resembles: "an SVG drawing")
        #expect(throws: refusal) { try ImageDecoder().decode(Array(Self.drawing.utf8)) }
        _ = try VectorPicture(svg: Self.drawing).rendered()
        #expect(throws: refusal) { try ImageDecoder().decode(Array(Self.drawing.utf8)) }
    }
}
