import Foundation
import Imaging
import SystemPackage
import TestSupport
import Testing

@Suite struct FramingTests {
    static let crops = [CentreCrop.beforeResizing, .afterResizing(toShortSide: 18)]
    static let sizes = [(1, 1), (1, 500), (500, 1), (2, 3), (33, 65), (20_000, 10), (3, 2_000)]

    /// 64 pixels framed for 32 leave a square of 32, which is not resized: its pixels show where it was cut out.
    @Test(arguments: [
        (64, 64, 16, 16), (65, 64, 17, 16), (66, 64, 17, 16), (64, 67, 16, 18), (64, 200, 16, 84), (129, 64, 49, 16),
    ])
    func centreCropCutsOutTheMiddle(width: Int, height: Int, left: Int, top: Int) {
        let framed = Framing.centreCrop.frame(.coordinates(width, height), to: 32, filter: .cubic)
        #expect(framed[0, 0] == [UInt8(left), UInt8(top), 77])
        #expect(framed[31, 31] == [UInt8(left + 31), UInt8(top + 31), 77])
    }

    /// The side of the square is `32 / (32 + 32)` of 65 and 67, rounded down.
    @Test(arguments: [65, 67])
    func centreCropRoundsItsSideDown(shortSide: Int) {
        let framed = Framing.centreCrop.frame(.coordinates(shortSide, 90), to: 32, filter: .cubic)
        let side = shortSide / 2
        let (left, top) = ((shortSide - side + 1) / 2, (90 - side + 1) / 2)
        let part = PixelImage(side, side) { x, y, channel in [left + x, top + y, 77][channel] }
        #expect(framed == part.resized(to: .square(32), filter: .cubic))
    }

    /// What torchvision makes of a photo (Scripts/make-network-goldens.py), of which every `step`th pixel is kept.
    struct TorchvisionCase: Decodable, Sendable, CustomTestStringConvertible {
        let width: Int
        let height: Int
        let shortSide: Int
        let side: Int
        let step: Int
        let pixels: Data

        var testDescription: String { "\(width)x\(height) to \(shortSide), cropped to \(side)" }

        /// The formula of the script.
        var source: PixelImage {
            PixelImage(width, height) { x, y, c in x * (3 + 2 * c) + y * (7 - c) + (x ^ y) * (c + 1) }
        }
        var expected: PixelImage {
            let side = (side + step - 1) / step
            return PixelImage(width: side, height: side, pixels: [UInt8](pixels))
        }
    }

    struct TorchvisionCases: Decodable { let cases: [TorchvisionCase] }

    @Test(arguments: try golden(TorchvisionCases.self, at: goldens.appending("torchvision-framing.json")).cases)
    func centreCropAfterResizingIsTorchvisions(example: TorchvisionCase) {
        let crop = CentreCrop.afterResizing(toShortSide: example.shortSide)
        let framed = Framing.centreCrop.frame(example.source, to: example.side, crop: crop, filter: .triangle)
        #expect(framed.size == .square(example.side))
        let kept = PixelImage(example.expected.width, example.expected.height) { x, y, channel in
            Int(framed[x * example.step, y * example.step][channel])
        }
        print("FRAME", example.testDescription, difference(kept, example.expected))
        #expect(difference(kept, example.expected) <= 1)
    }

    @Test(arguments: Framing.allCases, Self.crops)
    func makesASquareOfAnyPicture(framing: Framing, crop: CentreCrop) {
        for (width, height) in Self.sizes {
            let framed = framing.frame(.grey(9, width, height), to: 16, crop: crop, filter: .triangle)
            #expect(framed.size == .square(16))
            #expect(framed.pixels.contains(9), "\(width) x \(height) vanishes")
        }
    }

    @Test func letterboxPadsWithWhite() {
        let framed = Framing.letterbox.frame(.grey(0, 40, 20), to: 20, filter: .triangle)
        let rows = (0..<20).map { y in Set((0..<20).map { framed[$0, y] }) }
        #expect(rows[0..<5].allSatisfy { $0 == [[255, 255, 255]] })
        #expect(rows[5..<15].allSatisfy { $0 == [[0, 0, 0]] })
        #expect(rows[15...].allSatisfy { $0 == [[255, 255, 255]] })
    }

    @Test func squashShowsTheWholePicture() {
        let picture = PixelImage.gradient(60, 20)
        #expect(
            Framing.squash.frame(picture, to: 20, filter: .cubic)
                == picture.resized(to: .square(20), filter: .cubic))
    }

    @Test(arguments: [
        (ImageSize(width: 4000, height: 2000), ImageSize(width: 100, height: 50)),
        (ImageSize(width: 10, height: 40), ImageSize(width: 25, height: 100)),
        (ImageSize(width: 20_000, height: 10), ImageSize(width: 100, height: 1)),
        (ImageSize(width: 1, height: 500), ImageSize(width: 1, height: 100)),
        (ImageSize(width: 333, height: 1000), ImageSize(width: 33, height: 100)),
    ])
    func fitsInKeepingItsShape(size: ImageSize, expected: ImageSize) {
        #expect(size.fitted(into: .square(100)) == expected)
    }

    @Test(arguments: [
        (Framing.centreCrop, 511, 0), (.centreCrop, 512, 1), (.centreCrop, 1023, 1), (.centreCrop, 1024, 2),
        (.squash, 447, 0), (.squash, 448, 1), (.letterbox, 896, 2),
    ])
    func readsPhotosSmallerByAWholeFactor(framing: Framing, side: Int, factor: Int) {
        #expect(framing.reduction(of: .square(side), to: 224) == factor)
    }

    @Test(arguments: [(511, 0), (512, 1), (1023, 1), (1024, 2)])
    func readsPhotosSmallerForTorchvisionsCropToo(side: Int, factor: Int) {
        let crop = CentreCrop.afterResizing(toShortSide: 256)
        #expect(Framing.centreCrop.reduction(of: .square(side), to: 224, crop: crop) == factor)
        #expect(
            Framing.centreCrop.reduction(of: ImageSize(width: 3 * side, height: side), to: 224, crop: crop) == factor)
    }

    @Test func readsALongPhotoSmallerWhereAllOfItIsShown() {
        let size = ImageSize(width: 1000, height: 4000)
        #expect(Framing.allCases.map { $0.reduction(of: size, to: 224) } == [1, 8, 2])
    }

    /// Only what is seen of a photo is decoded, and that must be told by nothing.
    @Test(arguments: Framing.allCases, crops)
    func framesAPhotoAsItIsDecodedAsItDoesTheWholePhoto(framing: Framing, crop: CentreCrop) throws {
        var random = SeededRandom(seed: 7)
        for _ in 0..<40 {
            func length() -> Int { .random(in: 1...180, using: &random) }
            let bytes = try ImageEncoder(format: .jpeg).encode(.noise(length(), length(), &random))
            let input = InputSpec(
                side: .random(in: 1...18, using: &random), framing: framing, crop: crop,
                filter: Bool.random(using: &random) ? .cubic : .triangle, mean: [0, 0, 0], scale: [1, 1, 1])
            let whole = try ImageDecoder().decode(bytes, reducedBy: input.reduction)
            #expect(try ImageDecoder().decode(bytes, framedFor: input) == input.frame(whole), "\(whole.size) \(input)")
        }
    }

    @Test(arguments: Framing.allCases)
    func reductionLeavesTwiceTheInput(framing: Framing) {
        var random = SeededRandom(seed: 4)
        for _ in 0..<500 {
            let size = ImageSize(
                width: .random(in: 1...9000, using: &random), height: .random(in: 1...9000, using: &random))
            let side = Int.random(in: 1...300, using: &random)
            let factor = framing.reduction(of: size, to: side)
            guard factor > 1 else { continue }
            let left = ImageSize(width: size.width / factor, height: size.height / factor)
            switch framing {
            case .centreCrop: #expect(left.shortSide * side / (side + 32) >= 2 * side)
            case .squash: #expect(left.shortSide >= 2 * side)
            case .letterbox:
                let target = size.fitted(into: .square(side))
                #expect(left.width >= 2 * target.width && left.height >= 2 * target.height)
            }
        }
    }
}

extension Framing {
    fileprivate func frame(
        _ image: PixelImage, to side: Int, crop: CentreCrop = .beforeResizing, filter: ResamplingFilter
    ) -> PixelImage {
        spec(side, crop, filter).frame(image)
    }

    fileprivate func reduction(of size: ImageSize, to side: Int, crop: CentreCrop = .beforeResizing) -> Int {
        spec(side, crop, .triangle).reduction(of: size)
    }

    private func spec(_ side: Int, _ crop: CentreCrop, _ filter: ResamplingFilter) -> InputSpec {
        InputSpec(side: side, framing: self, crop: crop, filter: filter, mean: [0, 0, 0], scale: [1, 1, 1])
    }
}
