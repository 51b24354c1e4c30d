import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Imaging

@Suite struct PixelImageResizingTests {
    struct Case: Decodable, Sendable, CustomTestStringConvertible {
        let filter: ResamplingFilter
        let width: Int
        let height: Int
        let box: [Double]
        let outWidth: Int
        let outHeight: Int
        let pixels: Data

        var testDescription: String { "\(filter) \(width)x\(height) \(box) to \(outWidth)x\(outHeight)" }

        /// The formula of Scripts/make-goldens.py.
        var source: PixelImage {
            PixelImage(width, height) { x, y, c in x * (3 + 2 * c) + y * (7 - c) + (x ^ y) * (c + 1) }
        }
        var part: Rectangle { Rectangle(left: box[0], top: box[1], right: box[2], bottom: box[3]) }
        var expected: PixelImage { PixelImage(width: outWidth, height: outHeight, pixels: [UInt8](pixels)) }
    }

    struct Cases: Decodable { let cases: [Case] }

    @Test(arguments: try golden(Cases.self, at: goldens.appending("resize.json")).cases)
    func resizesAsPillowDoes(example: Case) {
        let resized = example.source.resized(example.part, to: example.expected.size, filter: example.filter)
        #expect(difference(resized, example.expected) <= 1)
    }

    @Test(arguments: [ResamplingFilter.triangle, .cubic])
    func leavesAPictureOfThatSizeAlone(filter: ResamplingFilter) {
        let picture = PixelImage.coordinates(13, 7)
        #expect(picture.resized(to: picture.size, filter: filter) == picture)
    }

    @Test(arguments: [ResamplingFilter.triangle, .cubic])
    func keepsAPictureOfOneColour(filter: ResamplingFilter) {
        var random = SeededRandom(seed: 1)
        for _ in 0..<20 {
            let (size, target) = (ImageSize.random(&random), ImageSize.random(&random))
            let level = Int.random(in: 0...255, using: &random)
            let resized = PixelImage.grey(level, size.width, size.height).resized(to: target, filter: filter)
            #expect(resized == .grey(level, target.width, target.height), "\(size) to \(target)")
        }
    }

    @Test func triangleStaysBetweenTheDarkestAndTheBrightest() throws {
        var random = SeededRandom(seed: 2)
        for _ in 0..<10 {
            let (size, target) = (ImageSize.random(&random), ImageSize.random(&random))
            let picture = PixelImage(size.width, size.height) { _, _, _ in Int.random(in: 60...90, using: &random) }
            let levels = picture.resized(to: target, filter: .triangle).pixels
            #expect(try #require(levels.min()) >= 60 && #require(levels.max()) <= 90)
        }
    }

    @Test(arguments: [ResamplingFilter.triangle, .cubic])
    func treatsLeftAndRightAlike(filter: ResamplingFilter) {
        var random = SeededRandom(seed: 3)
        for _ in 0..<10 {
            let (size, target) = (ImageSize.random(&random), ImageSize.random(&random))
            let picture = PixelImage.noise(size.width, size.height, &random)
            let (first, last) = (
                picture.flipped.resized(to: target, filter: filter), picture.resized(to: target, filter: filter)
            )
            #expect(difference(first, last.flipped) <= 1, "\(size) to \(target)")
        }
    }

    @Test func centresOnWhite() {
        let framed = PixelImage.grey(0, 2, 1).centred(on: .square(4))
        let dark = (0..<4).flatMap { y in (0..<4).filter { framed[$0, y] == [0, 0, 0] }.map { [$0, y] } }
        #expect(dark == [[1, 1], [2, 1]])
        #expect(framed[0, 0] == [255, 255, 255])
    }
}

extension ImageSize {
    fileprivate static func random(_ random: inout SeededRandom) -> ImageSize {
        ImageSize(width: .random(in: 1...40, using: &random), height: .random(in: 1...40, using: &random))
    }
}
