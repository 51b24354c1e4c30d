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
    typealias Reference = OpaquePointer

    private static let stripHeight = 64

    private let image: Reference

    /// Takes over the reference that a function of libvips returned, `nil` where it failed.
    init(owning image: Reference?) throws(VipsFailure) {
        guard let image else {
            cvips_clear_errors()
            throw VipsFailure()
        }
        self.image = image
    }

    deinit { cvips_release(image) }

    var size: ImageSize {
        ImageSize(width: Int(cvips_width(image)), height: Int(cvips_height(image)))
    }
    var bands: Int { Int(cvips_bands(image)) }
    var hasAlpha: Bool { cvips_has_alpha(image) }
    var hasProfile: Bool { cvips_has_profile(image) }
    var isSRGB: Bool { cvips_interpretation(image) == CVIPS_INTERPRETATION_SRGB }
    var isCMYK: Bool { cvips_interpretation(image) == CVIPS_INTERPRETATION_CMYK }
    var isEightBit: Bool { cvips_format(image) == CVIPS_FORMAT_UCHAR }
    var isUpright: Bool { cvips_orientation(image) <= 1 }

    /// The embedded ICC profile's bytes, which live as long as this picture.
    func withProfile<T>(_ body: (UnsafeRawBufferPointer) -> T) -> T? {
        var (data, length): (UnsafeRawPointer?, Int) = (nil, 0)
        guard cvips_profile(image, &data, &length) == 0 else {
            cvips_clear_errors()
            return nil
        }
        return body(UnsafeRawBufferPointer(start: data, count: length))
    }

    /// Appends one of the operations of `CVips` to the chain.
    func applying(_ operation: (Reference, UnsafeMutablePointer<Reference?>) -> CInt) throws(VipsFailure) -> VipsPicture
    {
        var result: Reference?
        guard operation(image, &result) == 0 else {
            cvips_clear_errors()
            throw VipsFailure()
        }
        return try VipsPicture(owning: result)
    }

    /// Computes all pixels now and keeps them, for operations that read in another order than top down.
    func inMemory() throws(VipsFailure) -> VipsPicture {
        try VipsPicture(owning: cvips_in_memory(image))
    }

    /// Computes the pixels: one byte for each band of each pixel, if the picture is eight-bit.
    ///
    /// Strip by strip on the calling thread, since libvips' own way starts a thread for each picture.
    func bytes() throws(VipsFailure) -> [UInt8] {
        guard let region = cvips_region(image) else { throw VipsFailure() }
        defer { cvips_release_region(region) }
        let (size, rowLength) = (size, size.width * bands)
        var isSound = true
        let bytes = [UInt8](unsafeUninitializedCapacity: size.height * rowLength) { bytes, count in
            for top in stride(from: 0, to: size.height, by: Self.stripHeight) where isSound {
                let rows = min(Self.stripHeight, size.height - top)
                isSound = Self.take(
                    rows, from: top, width: size.width, of: region, to: bytes.baseAddress! + top * rowLength)
            }
            count = isSound ? size.height * rowLength : 0
        }
        guard isSound else {
            cvips_clear_errors()
            throw VipsFailure()
        }
        return bytes
    }

    private static func take(
        _ rows: Int, from top: Int, width: Int, of region: OpaquePointer, to bytes: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        var length = 0
        guard let strip = cvips_rows(region, CInt(top), CInt(width), CInt(rows), &length) else { return false }
        defer { cvips_free(strip) }
        memcpy(bytes, strip, length)
        return true
    }

    /// The picture as a file's bytes; `suffix` names the format and its options, as in `.jpg[Q=90]`.
    func encoded(as suffix: String) throws(VipsFailure) -> [UInt8] {
        var (memory, length): (UnsafeMutableRawPointer?, Int) = (nil, 0)
        guard cvips_encode(image, suffix, &memory, &length) == 0 else {
            cvips_clear_errors()
            throw VipsFailure()
        }
        defer { cvips_free(memory) }
        return Array(UnsafeRawBufferPointer(start: memory, count: length))
    }
}
