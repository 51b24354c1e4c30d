import CVips

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// libvips refused an operation or could not read the pixels it needs; its own words are dropped,
/// since pictures that are decoded side by side share them.
struct VipsFailure: Error {}

/// Owns one picture of libvips: a chain of operations whose pixels are computed when they are asked for.
struct VipsPicture: ~Copyable {
    typealias Reference = UnsafeMutablePointer<VipsImage>

    private static let stripHeight = 64

    private let image: Reference

    /// Takes over the reference that a function of libvips returned, `nil` where it failed.
    init(owning image: Reference?) throws(VipsFailure) {
        guard let image else {
            vips_error_clear()
            throw VipsFailure()
        }
        self.image = image
    }

    deinit { g_object_unref(image) }

    var size: ImageSize {
        ImageSize(width: Int(vips_image_get_width(image)), height: Int(vips_image_get_height(image)))
    }
    var bands: Int { Int(vips_image_get_bands(image)) }
    var hasAlpha: Bool { vips_image_hasalpha(image) != 0 }
    var hasProfile: Bool { vips_image_get_typeof(image, VIPS_META_ICC_NAME) != 0 }
    var isSRGB: Bool { vips_image_get_interpretation(image) == VIPS_INTERPRETATION_sRGB }
    var isCMYK: Bool { vips_image_get_interpretation(image) == VIPS_INTERPRETATION_CMYK }
    var isEightBit: Bool { vips_image_get_format(image) == VIPS_FORMAT_UCHAR }
    var isUpright: Bool { vips_image_get_orientation(image) <= 1 }

    /// The embedded ICC profile's bytes, which live as long as this picture.
    func withProfile<T>(_ body: (UnsafeRawBufferPointer) -> T) -> T? {
        var (data, length): (UnsafeRawPointer?, Int) = (nil, 0)
        guard vips_image_get_blob(image, VIPS_META_ICC_NAME, &data, &length) == 0 else {
            vips_error_clear()
            return nil
        }
        return body(UnsafeRawBufferPointer(start: data, count: length))
    }

    /// Appends one of the operations of `CVips` to the chain.
    func applying(_ operation: (Reference, UnsafeMutablePointer<Reference?>) -> CInt) throws(VipsFailure) -> VipsPicture
    {
        var result: Reference?
        guard operation(image, &result) == 0 else {
            vips_error_clear()
            throw VipsFailure()
        }
        return try VipsPicture(owning: result)
    }

    /// Computes all pixels now and keeps them, for operations that read in another order than top down.
    func inMemory() throws(VipsFailure) -> VipsPicture {
        try VipsPicture(owning: vips_image_copy_memory(image))
    }

    /// Computes the pixels: one byte for each band of each pixel, if the picture is eight-bit.
    ///
    /// Strip by strip on the calling thread, since libvips' own way starts a thread for each picture.
    func bytes() throws(VipsFailure) -> [UInt8] {
        guard let region = vips_region_new(image) else { throw VipsFailure() }
        defer { g_object_unref(region) }
        let (size, rowLength) = (size, size.width * bands)
        var isSound = true
        let bytes = [UInt8](unsafeUninitializedCapacity: size.height * rowLength) { bytes, count in
            for top in stride(from: 0, to: size.height, by: Self.stripHeight) where isSound {
                let rows = min(Self.stripHeight, size.height - top)
                var strip = VipsRect(left: 0, top: CInt(top), width: CInt(size.width), height: CInt(rows))
                isSound = vips_region_prepare(region, &strip) == 0
                for row in top..<top + rows where isSound {
                    memcpy(bytes.baseAddress! + row * rowLength, cvips_region_address(region, 0, CInt(row)), rowLength)
                }
            }
            count = isSound ? size.height * rowLength : 0
        }
        guard isSound else {
            vips_error_clear()
            throw VipsFailure()
        }
        return bytes
    }

    /// The picture as a file's bytes; `suffix` names the format and its options, as in `.jpg[Q=90]`.
    func encoded(as suffix: String) throws(VipsFailure) -> [UInt8] {
        var (memory, length): (UnsafeMutableRawPointer?, Int) = (nil, 0)
        guard cvips_encode(image, suffix, &memory, &length) == 0 else {
            vips_error_clear()
            throw VipsFailure()
        }
        defer { g_free(memory) }
        return Array(UnsafeRawBufferPointer(start: memory, count: length))
    }
}
