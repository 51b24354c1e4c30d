import CVips

/// A photo as it lies in its file: the bytes must outlive every picture that is opened from them.
struct EncodedPhoto {
    let bytes: UnsafeRawBufferPointer
    let format: ImageFormat

    /// JPEG can be decoded at these fractions of its size for a fraction of the work.
    private static let jpegReductions = [8, 4, 2]

    func size() throws(VipsFailure) -> ImageSize {
        try opened().size
    }

    func pixels(reducedBy factor: Int) throws(VipsFailure) -> PixelImage {
        let atOnce = format == .jpeg ? Self.jpegReductions.first { $0 <= factor } ?? 1 : 1
        return try opened(shrunkBy: atOnce).photo(reducedBy: factor / atOnce)
    }

    private func opened(shrunkBy shrink: Int = 1) throws(VipsFailure) -> VipsPicture {
        let options = shrink > 1 ? "[fail_on=truncated,shrink=\(shrink)]" : "[fail_on=truncated]"
        return try VipsPicture(owning: cvips_open(bytes.baseAddress, bytes.count, options))
    }
}
