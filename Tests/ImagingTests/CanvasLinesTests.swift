import Imaging
import Testing

@Suite struct CanvasLinesTests {
    private let black = Colour(red: 0, green: 0, blue: 0)

    private func canvas() -> Canvas { Canvas(size: ImageSize(width: 20, height: 20), background: .white) }

    @Test func drawsWhereTheLineIsAndNowhereElse() {
        var canvas = canvas()
        canvas.drawLine(from: (x: 4, y: 10), to: (x: 16, y: 10), width: 2, in: black)
        let image = canvas.image
        for column in 5..<15 { #expect(image[column, 9] == [0, 0, 0] && image[column, 10] == [0, 0, 0]) }
        #expect(image[10, 7] == [255, 255, 255] && image[10, 12] == [255, 255, 255])
        #expect(image[1, 10] == [255, 255, 255] && image[19, 10] == [255, 255, 255])
    }

    @Test func slantedEdgesAreSmooth() {
        var canvas = canvas()
        canvas.drawLine(from: (x: 2, y: 3), to: (x: 17, y: 12), width: 3, in: black)
        let levels = Set(canvas.image.pixels)
        #expect(levels.contains(0) && levels.contains(255) && levels.count > 6)
    }

    @Test func whatFallsBeyondTheEdgesIsCutOff() {
        var canvas = canvas()
        canvas.drawOutline(left: -5, top: -5, right: 40, bottom: 30, width: 3, in: black)
        #expect(canvas.image.pixels.allSatisfy { $0 == 255 })
        canvas.drawLine(from: (x: -100, y: 10), to: (x: 100, y: 10), width: 1, in: black)
        #expect(canvas.image[0, 10] != [255, 255, 255] && canvas.image[19, 10] != [255, 255, 255])
    }

    @Test func aPointIsADot() {
        var canvas = canvas()
        canvas.drawLine(from: (x: 10, y: 10), to: (x: 10, y: 10), width: 6, in: black)
        #expect(canvas.image[10, 10] == [0, 0, 0] && canvas.image[10, 14] == [255, 255, 255])
    }
}
