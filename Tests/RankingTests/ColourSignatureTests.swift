import Imaging
import Ranking
import TestSupport
import Testing

@Suite struct ColourSignatureTests {
    /// Stripes of colours in the middle of a background.
    private func garment(_ colours: [[UInt8]], on background: [UInt8], side: Int = 48) -> PixelImage {
        PixelImage(
            width: side, height: side,
            pixels: (0..<side * side).flatMap { place in
                let (column, row) = (place % side, place / side)
                let isGarment = (side / 4..<side * 3 / 4).contains(column) && (side / 8..<side * 7 / 8).contains(row)
                return isGarment ? colours[row * 12 / side % colours.count] : background
            })
    }

    private let red: [UInt8] = [180, 20, 40]
    private let blue: [UInt8] = [20, 40, 180]
    private let black: [UInt8] = [10, 10, 10]
    private let white: [UInt8] = [250, 250, 250]
    private let beige: [UInt8] = [220, 200, 170]

    private func distance(_ left: PixelImage, _ right: PixelImage) -> Double {
        ColourSignature(of: left).distance(to: ColourSignature(of: right))
    }

    @Test func holdsFewColoursWhoseSharesAreAll() {
        var random = SeededRandom(seed: 1)
        let noise = PixelImage(
            width: 30, height: 20, pixels: (0..<1800).map { _ in UInt8.random(in: 0...255, using: &random) })
        for picture in [noise, garment([red], on: white), garment([red, blue, black], on: beige)] {
            let signature = ColourSignature(of: picture)
            #expect((1...ColourSignature.mostColours).contains(signature.colours.count))
            #expect(signature.colours.count == signature.shares.count)
            #expect(abs(signature.shares.reduce(0, +) - 1) < 1e-4 && signature.shares.allSatisfy { $0 > 0 })
            #expect(signature == ColourSignature(of: picture))
        }
    }

    @Test(arguments: [1, 2, 16])
    func takesPicturesOfAnySize(side: Int) {
        let plain = PixelImage(width: side, height: side, pixels: (0..<side * side).flatMap { _ in red })
        let signature = ColourSignature(of: plain)
        #expect(signature.colours.count == 1 && signature.distance(to: signature) == 0)
    }

    @Test func hardlySeesTheBackground() {
        let same = distance(garment([red, black], on: white), garment([red, black], on: beige))
        let other = distance(garment([red, black], on: white), garment([blue, black], on: white))
        #expect(same < 0.15 && other > 2 * same)
    }

    @Test func hardlySeesWhereColoursAre() {
        #expect(distance(garment([red, blue], on: white), garment([blue, red], on: white)) < 0.05)
    }

    @Test func growsWithTheShareThatDiffers() {
        let all = garment([red, red, red, red], on: white)
        let distances = [
            [red, red, red, blue], [red, blue, red, blue], [blue, blue, red, blue], [blue, blue, blue, blue],
        ]
        .map { distance(all, garment($0, on: white)) }
        #expect(zip(distances, distances.dropFirst()).allSatisfy { $0 < $1 })
        #expect(distances[3] > 0.8 && distances[3] <= 1)
    }

    @Test func isADistance() {
        let pictures = [[red], [blue], [black, red], [red, blue, black], [[120, 120, 120]]].map {
            garment($0, on: white)
        }
        let signatures = pictures.map { ColourSignature(of: $0) }
        for one in signatures {
            #expect(one.distance(to: one) < 1e-6)
            for other in signatures {
                let distance = one.distance(to: other)
                #expect((0...1).contains(distance) && abs(distance - other.distance(to: one)) < 1e-6)
                for third in signatures {
                    #expect(distance <= one.distance(to: third) + third.distance(to: other) + 1e-6)
                }
            }
        }
    }

    @Test func isTheSameFromItsBytes() {
        for picture in [garment([red], on: white), garment([red, blue, black], on: beige)] {
            let signature = ColourSignature(of: picture)
            #expect(ColourSignature(bytes: signature.bytes) == signature)
            #expect(signature.bytes.count == 16 * signature.colours.count)
        }
    }

    @Test func bytesOfNoSignatureAreRefused() {
        let bytes = ColourSignature(of: garment([red, blue], on: white)).bytes
        for wrong in [[], [1, 2, 3], Array(bytes.dropLast()), Array(bytes.dropFirst(16)), bytes.map { _ in 255 }] {
            #expect(ColourSignature(bytes: wrong) == nil)
        }
        #expect(ColourSignature(bytes: (0..<9).flatMap { _ in bytes }) == nil)
    }
}
