/// Turns the bytes of a photo into upright sRGB pixels.
///
/// EXIF orientation and an embedded ICC profile are honoured, transparency is laid on white, CMYK, grey, palette
/// and 16-bit pictures are converted, and of an animation the first frame is the picture.
public struct ImageDecoder: Sendable {
    /// A small file can claim a huge picture; one with more pixels is refused before any memory is set aside for them.
    public let megapixelLimit: Int

    /// Takes the limit in millions of pixels; a photo of exactly that size is still decoded.
    public init(megapixelLimit: Int = 100) {
        self.megapixelLimit = megapixelLimit
    }

    /// Decodes a photo at its full size, or smaller by the whole factor that `reduction` allows for its size.
    ///
    /// A JPEG is decoded at a half, a quarter or an eighth where that is enough, which costs a fraction; what
    /// is left of the factor is averaged away while decoding, so that memory stays small.
    public func decode(_ bytes: [UInt8], reducedBy reduction: @escaping (ImageSize) -> Int = { _ in 1 })
        throws(ImageError) -> PixelImage
    {
        try decode(bytes, PhotoRequest(reduction: reduction, region: ImageRegion.whole)).pixels
    }

    /// Decodes a photo and makes it the `side` by `side` pixels that a network takes: the same as framing the whole
    /// photo, but that no more of it is decoded than must be.
    public func decode(_ bytes: [UInt8], framedFor input: InputSpec) throws(ImageError) -> PixelImage {
        let request = PhotoRequest(reduction: input.reduction, region: input.visibleRegion)
        return input.frame(try decode(bytes, request))
    }

    func decode(_ bytes: [UInt8], _ request: PhotoRequest) throws(ImageError) -> PhotoCut {
        let format = try check(bytes)
        do {
            return try decode(bytes, as: format, isDoubtful: false, request)
        } catch .damaged(.jpeg) where !bytes.suffix(2).elementsEqual(Self.endOfJPEG) {
            // One that lacks nothing but its end is whole; one that lacks more cannot be decoded without a warning.
            return try decode(bytes + Self.endOfJPEG, as: .jpeg, isDoubtful: true, request)
        }
    }

    /// Throws where the first bytes tell already that there is no photo; returns its format otherwise.
    @discardableResult
    public func check(_ bytes: [UInt8]) throws(ImageError) -> ImageFormat {
        guard !bytes.isEmpty else { throw .empty }
        guard let format = ImageFormat(signatureOf: bytes) else {
            throw .notAPicture(resembles: ForeignFormat.name(of: bytes))
        }
        if let size = format.claimedSize(in: bytes), size.exceeds(megapixels: megapixelLimit) {
            throw .tooLarge(size, megapixelLimit: megapixelLimit)
        }
        return format
    }

    private static let endOfJPEG: [UInt8] = [0xFF, 0xD9]

    private func decode(_ bytes: [UInt8], as format: ImageFormat, isDoubtful: Bool, _ request: PhotoRequest)
        throws(ImageError) -> PhotoCut
    {
        try bytes.withUnsafeBufferPointer { (bytes) throws(ImageError) in
            let photo = EncodedPhoto(bytes: UnsafeRawBufferPointer(bytes), format: format, isDoubtful: isDoubtful)
            if let cut = try decodePlainly(photo, request) { return cut }
            return .whole(try decode(photo, reducedBy: request.reduction))
        }
    }

    private func decode(_ photo: EncodedPhoto, reducedBy reduction: (ImageSize) -> Int) throws(ImageError) -> PixelImage
    {
        Vips.start()
        let size: ImageSize
        do throws(VipsFailure) {
            let header = try photo.header()
            size = header.size
            if !size.exceeds(megapixels: megapixelLimit) {
                return try photo.pixels(of: header, reducedBy: max(1, reduction(size)))
            }
        } catch {
            throw .damaged(photo.format)
        }
        throw .tooLarge(size, megapixelLimit: megapixelLimit)
    }

    /// Without libvips, and so at half the cost; `nil` for a photo that needs it.
    private func decodePlainly(_ photo: EncodedPhoto, _ request: PhotoRequest) throws(ImageError) -> PhotoCut? {
        guard photo.format == .jpeg, let jpeg = SequentialJPEG(photo.bytes), jpeg.isUprightSRGB
        else { return nil }
        guard !jpeg.size.exceeds(megapixels: megapixelLimit) else {
            throw .tooLarge(jpeg.size, megapixelLimit: megapixelLimit)
        }
        let factor = max(1, request.reduction(jpeg.size))
        let atOnce = EncodedPhoto.jpegReduction(of: jpeg.size, within: factor)
        guard factor / atOnce == 1 else { return nil }
        jpeg.reduce(by: atOnce)
        let (size, region) = (jpeg.size, request.region(jpeg.size))
        return jpeg.pixels(in: region).map { PhotoCut($0, from: region, of: size) }
    }
}
