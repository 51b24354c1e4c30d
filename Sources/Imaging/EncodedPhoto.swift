import CVips

/// A photo as it lies in its file: the bytes must outlive every picture that is opened from them.
struct EncodedPhoto {
    let bytes: UnsafeRawBufferPointer
    let format: ImageFormat
    /// Refused where its decoder has anything to say about it, and not only where it ends too soon.
    var isDoubtful = false

    /// JPEG can be decoded at these fractions of its size for a fraction of the work.
    private static let jpegReductions = [8, 4, 2, 1]

    /// The largest factor, up to `factor`, by which a JPEG can be made smaller as it is decoded and a pixel be left.
    static func jpegReduction(of size: ImageSize, within factor: Int) -> Int {
        jpegReductions.first { $0 <= min(factor, size.shortSide) } ?? 1
    }

    /// Opened with nothing but its header read.
    func header() throws(VipsFailure) -> VipsPicture {
        try opened(shrunkBy: 1)
    }

    /// The pixels of a photo whose header was read, smaller by a whole factor.
    func pixels(of header: consuming VipsPicture, reducedBy factor: Int) throws(VipsFailure) -> PixelImage {
        let atOnce = format == .jpeg ? Self.jpegReduction(of: header.size, within: factor) : 1
        guard atOnce > 1 else { return try header.photo(reducedBy: factor) }
        return try opened(shrunkBy: atOnce).photo(reducedBy: factor / atOnce)
    }

    private func opened(shrunkBy shrink: Int) throws(VipsFailure) -> VipsPicture {
        var picture: VipsPicture.Reference?
        let failOn = CInt(isDoubtful ? CVIPS_FAIL_ON_WARNING : CVIPS_FAIL_ON_TRUNCATED)
        guard cvips_open(format.loader, bytes.baseAddress, bytes.count, failOn, CInt(shrink), &picture) == 0 else {
            cvips_clear_errors()
            throw VipsFailure()
        }
        return try VipsPicture(owning: picture)
    }
}

extension ImageFormat {
    /// The operation of libvips that reads this format, and no other.
    var loader: String {
        switch self {
        case .jpeg: "jpegload_source"
        case .png: "pngload_source"
        case .webp: "webpload_source"
        case .gif: "gifload_source"
        case .tiff: "tiffload_source"
        case .heic, .avif: "heifload_source"
        case .ppm: "ppmload_source"
        }
    }
}
