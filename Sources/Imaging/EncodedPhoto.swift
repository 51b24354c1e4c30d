import CVips

/// A photo as it lies in its file: the bytes must outlive every picture that is opened from them.
struct EncodedPhoto {
    let bytes: UnsafeRawBufferPointer
    let format: ImageFormat

    /// JPEG can be decoded at these fractions of its size for a fraction of the work.
    private static let jpegReductions = [8, 4, 2]

    /// Opened with nothing but its header read.
    func header() throws(VipsFailure) -> VipsPicture {
        try opened(shrunkBy: 1)
    }

    /// The pixels of a photo whose header was read, smaller by a whole factor.
    func pixels(of header: consuming VipsPicture, reducedBy factor: Int) throws(VipsFailure) -> PixelImage {
        guard format == .jpeg, let atOnce = Self.jpegReductions.first(where: { $0 <= factor }) else {
            return try header.photo(reducedBy: factor)
        }
        return try opened(shrunkBy: atOnce).photo(reducedBy: factor / atOnce)
    }

    private func opened(shrunkBy shrink: Int) throws(VipsFailure) -> VipsPicture {
        let options = shrink > 1 ? "[fail_on=truncated,shrink=\(shrink)]" : "[fail_on=truncated]"
        return try VipsPicture(owning: cvips_open(bytes.baseAddress, bytes.count, options))
    }
}
