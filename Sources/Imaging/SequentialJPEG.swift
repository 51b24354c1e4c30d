import CJpeg

/// A JPEG whose header libjpeg has read, without libvips, which decodes with libjpeg too but takes twice as long.
struct SequentialJPEG: ~Copyable {
    private let reader: OpaquePointer

    /// `nil` for a JPEG in several scans or with four colours, or whose header is damaged; the bytes must outlive it.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard let reader = cjpeg_open(bytes.baseAddress, bytes.count) else { return nil }
        self.reader = reader
    }

    deinit { cjpeg_close(reader) }

    /// Once it is made smaller.
    var size: ImageSize { ImageSize(width: cjpeg_width(reader), height: cjpeg_height(reader)) }

    /// Whether its pixels are those of an upright picture in sRGB, as those of nearly all photos are.
    var isUprightSRGB: Bool { isUpright && isSRGB }

    /// Makes the photo smaller by 1, 2, 4 or 8 when it is decoded.
    func reduce(by factor: Int) { cjpeg_reduce(reader, UInt32(factor)) }

    /// Decodes a part of the photo; `nil` where the photo is damaged, be it elsewhere.
    consuming func pixels(in region: ImageRegion) -> PixelImage? {
        let count = region.size.area * PixelImage.channels
        let part = CJpegPart(left: region.left, top: region.top, width: region.size.width, height: region.size.height)
        var isSound = false
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { pixels, initialized in
            isSound = cjpeg_read(reader, part, pixels.baseAddress)
            initialized = isSound ? count : 0
        }
        return isSound ? PixelImage(width: region.size.width, height: region.size.height, pixels: pixels) : nil
    }

    private var isUpright: Bool {
        !applicationData(1, startingWith: "Exif\0\0").contains { !ExifData.isUpright($0) }
    }

    private var isSRGB: Bool {
        let profiles = applicationData(2, startingWith: "ICC_PROFILE\0")
        // Each block begins with its number and how many there are.
        guard let profile = profiles.first else { return true }
        return profiles.count == 1 && !cjpeg_is_grey(reader) && ICCProfile.isSRGB(.init(rebasing: profile.dropFirst(2)))
    }

    /// What follows `signature` in the blocks of that number that begin with it.
    private func applicationData(_ number: CInt, startingWith signature: String) -> [UnsafeRawBufferPointer] {
        var blocks: [UnsafeRawBufferPointer] = []
        var (index, length) = (0, 0)
        while let data = cjpeg_application_data(reader, number, index, &length) {
            let block = UnsafeRawBufferPointer(start: data, count: length)
            if block.starts(with: signature.utf8) {
                blocks.append(.init(rebasing: block.dropFirst(signature.utf8.count)))
            }
            index += 1
        }
        return blocks
    }
}
