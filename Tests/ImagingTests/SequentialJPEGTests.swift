import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import Imaging

@Suite struct SequentialJPEGTests {
    private func jpeg(_ picture: PixelImage) throws -> [UInt8] { try ImageEncoder(format: .jpeg).encode(picture) }

    /// By libvips, to which every other format goes.
    private func byLibvips(_ bytes: [UInt8], reducedBy factor: Int) throws -> PixelImage {
        Vips.start()
        return try bytes.withUnsafeBytes { bytes in
            let photo = EncodedPhoto(bytes: bytes, format: .jpeg)
            return try photo.pixels(of: photo.header(), reducedBy: factor)
        }
    }

    private func alone(_ bytes: [UInt8], reducedBy factor: Int = 1, in region: ImageRegion? = nil) -> PixelImage? {
        bytes.withUnsafeBytes { bytes in
            guard let jpeg = SequentialJPEG(bytes), jpeg.isUprightSRGB else { return nil }
            jpeg.reduce(by: factor)
            let size = jpeg.size
            return jpeg.pixels(in: region ?? .whole(size))
        }
    }

    @Test(
        arguments: [1, 2, 4, 8], [ImageSize(width: 200, height: 150), .square(8), ImageSize(width: 67, height: 131)])
    func decodesAsLibvipsDoes(factor: Int, size: ImageSize) throws {
        let bytes = try jpeg(.gradient(size.width, size.height))
        #expect(try alone(bytes, reducedBy: factor) == byLibvips(bytes, reducedBy: factor))
    }

    @Test(.enabled(if: RealPhotos.areThere, Comment(rawValue: RealPhotos.absence)), arguments: [1, 2, 4, 8])
    func decodesRealPhotosAsLibvipsDoes(factor: Int) throws {
        let folder = RealPhotos.photo("demo/images")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.string).filter { $0.hasSuffix(".jpg") }
        try #require(names.count > 100)
        for name in names.sorted().prefix(40) {
            let bytes = try contents(of: folder.appending(name))
            #expect(try alone(bytes, reducedBy: factor) == byLibvips(bytes, reducedBy: factor), "\(name)")
        }
    }

    /// Fine lines in every direction, so that nothing but the same pixels is equal.
    private static let sizes = [
        ImageSize(width: 200, height: 150), .square(8), .square(1), ImageSize(width: 67, height: 131),
        ImageSize(width: 17, height: 300),
    ]

    @Test(arguments: [1, 2, 4, 8], ["jpg", "jpg[Q=90,subsample_mode=off]", "jpg[Q=40,subsample_mode=on]"])
    func decodesAPartAsItDecodesTheWhole(factor: Int, options: String) throws {
        for size in Self.sizes {
            let picture = PixelImage(size.width, size.height) { x, y, channel in
                [x * 37 ^ y, x + y * 91, x ^ y][channel]
            }
            let bytes = try encoded(picture, as: ".\(options)")
            try expectSameParts(of: bytes, reducedBy: size.shortSide < factor ? 1 : factor)
        }
    }

    @Test(
        .enabled(if: RealPhotos.areThere, Comment(rawValue: RealPhotos.absence)),
        arguments: ["demo/images", "products"])
    func decodesPartsOfRealPhotosAsTheirWhole(folder: String) throws {
        let folder = RealPhotos.photo(folder)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.string).filter { $0.hasSuffix(".jpg") }
        for name in names.sorted().prefix(8) { try expectSameParts(of: contents(of: folder.appending(name))) }
    }

    private func encoded(_ picture: PixelImage, as suffix: String) throws -> [UInt8] {
        Vips.start()
        return try picture.pixels.withUnsafeBytes {
            try ImageEncoder.picture(of: $0, size: picture.size).encoded(as: suffix)
        }
    }

    private func expectSameParts(of bytes: [UInt8], reducedBy factor: Int = 1) throws {
        var random = SeededRandom(seed: UInt64(bytes.count))
        let whole = try #require(alone(bytes, reducedBy: factor))
        for _ in 0..<10 {
            let region = ImageRegion(
                columns: random.stretch(of: whole.width), rows: random.stretch(of: whole.height))
            #expect(alone(bytes, reducedBy: factor, in: region) == whole.cut(region), "\(whole.size) \(region)")
        }
    }

    /// What a camera writes between the header and the pixels.
    private func inserting(_ data: [UInt8], asBlock number: UInt8, into bytes: [UInt8]) -> [UInt8] {
        let length = UInt16(data.count + 2).bigEndian
        return Array(bytes.prefix(2)) + [0xFF, 0xE0 + number] + withUnsafeBytes(of: length, Array.init) + data
            + Array(bytes.dropFirst(2))
    }

    private func exif(orientation: UInt8, tag: [UInt8] = [0x01, 0x12], type: UInt8 = 3) -> [UInt8] {
        Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1] + tag + [
            0, type, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        ]
    }

    @Test func takesAPhotoWhoseCameraWasHeldUpright() throws {
        let bytes = try jpeg(.gradient(40, 30))
        #expect(alone(inserting(exif(orientation: 1), asBlock: 1, into: bytes)) == alone(bytes))
        #expect(alone(inserting(exif(orientation: 6, tag: [0x01, 0x1A]), asBlock: 1, into: bytes)) == alone(bytes))
    }

    @Test(arguments: [0, 2, 3, 6, 8, 9, 255] as [UInt8])
    func leavesAPhotoThatMustBeTurnedToLibvips(orientation: UInt8) throws {
        let bytes = inserting(exif(orientation: orientation), asBlock: 1, into: try jpeg(.gradient(40, 30)))
        #expect(alone(bytes) == nil)
        if (2...8).contains(orientation) {
            let whole = try ImageDecoder().decode(bytes)
            #expect(
                whole.size == (orientation > 4 ? ImageSize(width: 30, height: 40) : ImageSize(width: 40, height: 30)))
        }
    }

    @Test(arguments: [
        "", "MM\0*", "II*\0\u{8}\0\0\0", "II*\0\u{7F}\u{7F}\u{7F}\u{7F}", "MM\0*\0\0\0\u{8}\u{7F}\u{7F}", "XX",
    ])
    func leavesNotesThatCannotBeReadToLibvips(notes: String) throws {
        let bytes = inserting(Array("Exif\0\0".utf8) + notes.utf8, asBlock: 1, into: try jpeg(.gradient(40, 30)))
        #expect(alone(bytes) == nil)
        #expect(try ImageDecoder().decode(bytes).size == ImageSize(width: 40, height: 30))
    }

    @Test func leavesForeignColoursToLibvips() throws {
        let profile = Array("ICC_PROFILE\0".utf8) + [1, 1] + [UInt8](repeating: 7, count: 200)
        let bytes = inserting(profile, asBlock: 2, into: try jpeg(.gradient(40, 30)))
        #expect(alone(bytes) == nil)
    }

    @Test func findsAnyDamage() throws {
        let bytes = try jpeg(.gradient(200, 150))
        for length in stride(from: 0, to: bytes.count, by: 97) {
            #expect(alone(Array(bytes.prefix(length))) == nil)
            #expect(alone(Array(bytes.prefix(length)), in: ImageRegion(columns: 90..<110, rows: 0..<10)) == nil)
        }
        #expect(alone(bytes + [1, 2, 3]) == alone(bytes))
    }

    /// Whatever the bytes, there are pixels or none, and no crash.
    @Test func survivesNoise() throws {
        var random = SeededRandom(seed: 11)
        let bytes = try jpeg(.gradient(64, 48))
        for _ in 0..<2_000 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                damaged[Int.random(in: 2..<damaged.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            _ = alone(damaged)
        }
    }
}

extension SeededRandom {
    /// Some places of a row or column that has so many.
    fileprivate mutating func stretch(of length: Int) -> Range<Int> {
        let ends = [Int.random(in: 0..<length, using: &self), .random(in: 0..<length, using: &self)].sorted()
        return ends[0]..<ends[1] + 1
    }
}

extension PixelImage {
    fileprivate func cut(_ region: ImageRegion) -> PixelImage {
        PixelImage(region.size.width, region.size.height) { x, y, channel in
            Int(self[region.left + x, region.top + y][channel])
        }
    }
}
