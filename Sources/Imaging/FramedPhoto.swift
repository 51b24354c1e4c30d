/// A photo as a model looks at it, which may be in several ways at once.
public struct FramedPhoto: Sendable, Hashable {
    /// One for each input, in the same order and of its size.
    public let pictures: [PixelImage]

    /// At least one.
    public init(_ pictures: [PixelImage]) {
        precondition(!pictures.isEmpty)
        self.pictures = pictures
    }
}

extension ImageDecoder {
    /// Decodes a photo once, and makes it what each of at least one input takes: what framing the whole photo gives, but for
    /// inputs so small that they alone would have been decoded smaller.
    public func decode(_ bytes: [UInt8], framedFor inputs: [InputSpec]) throws(ImageError) -> FramedPhoto {
        let request = PhotoRequest(
            reduction: { size in inputs.map { $0.reduction(of: size) }.min() ?? 1 },
            region: { size in .enclosing(inputs.map { $0.visibleRegion(of: size) }) })
        let cut = try decode(bytes, request)
        return FramedPhoto(inputs.map { $0.frame(cut) })
    }
}
