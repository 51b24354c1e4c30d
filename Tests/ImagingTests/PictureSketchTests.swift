import TestSupport
import Testing

@testable import Imaging

@Suite struct PictureSketchTests {
    /// A square of one colour on white, a little to the left.
    private func garment(_ colour: [UInt8], side: Int = 64) -> PixelImage {
        PixelImage(
            width: side, height: side,
            pixels: (0..<side * side).flatMap { place in
                let (column, row) = (place % side * 16 / side, place / side * 16 / side)
                return (3..<10).contains(column) && (4..<13).contains(row) ? colour : [250, 250, 250]
            })
    }

    private func sketch(_ picture: PixelImage) -> PictureSketch {
        PictureSketch(picture.resized(to: .square(16), filter: .triangle))
    }

    @Test func differsInNothingFromItself() {
        let sketch = sketch(garment([180, 20, 40]))
        #expect(sketch.difference(from: sketch) == 0)
    }

    @Test func hardlyDiffersBySizeLightOrAMirror() throws {
        let (picture, original) = (garment([180, 20, 40]), sketch(garment([180, 20, 40])))
        for other in [garment([180, 20, 40], side: 48), picture.mirrored, picture.exposed(by: 0.8)] {
            #expect(original.difference(from: sketch(other)) < 0.05)
        }
        let file = try ImageEncoder(format: .jpeg, quality: 40).encode(picture)
        let compressed = try ImageDecoder().decode(file, framedFor: PictureSketch.input)
        #expect(original.difference(from: PictureSketch(compressed)) < 0.05)
    }

    @Test(arguments: [[20, 40, 180], [20, 140, 40], [40, 40, 40], [240, 200, 210]] as [[UInt8]])
    func differsByTheColourOfAGarment(colour: [UInt8]) {
        let (one, other) = (sketch(garment([180, 20, 40])), sketch(garment(colour)))
        #expect(one.difference(from: other) > 0.1)
        #expect(abs(one.difference(from: other) - other.difference(from: one)) < 0.1)
    }
}
