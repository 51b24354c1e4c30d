/// How much of a photo's detail whoever decodes it needs.
public enum PhotoDetail: Sendable, Hashable, Codable {
    case full
    /// What framing it for these inputs takes, of which there is at least one.
    case forInputs([InputSpec])
    /// What framing a part of it takes, as a garment that is cut out is one.
    case forGarment([InputSpec])
    /// What a picture of it takes that fits into this space.
    case fitting(ImageSize)

    /// By which factor a photo of some size may be made smaller as it is decoded; less than 1 counts as 1.
    public func reduction(of size: ImageSize) -> Int {
        switch self {
        case .full: 1
        case .forInputs(let inputs): inputs.map { $0.reduction(of: size) }.min() ?? 1
        case .forGarment(let inputs): (inputs.map { $0.reduction(of: size) }.min() ?? 1) / 2
        case .fitting(let space): size.longSide / size.fitted(into: space).longSide / 2
        }
    }
}

/// Decodes photos, wherever that is done.
public protocol PhotoDecoding: Sendable {
    /// An upright photo with so much detail at least. Throws an `ImageError` where the bytes are none.
    func decode(_ bytes: [UInt8], _ detail: PhotoDetail) async throws -> PixelImage
    /// A photo as each of at least one input takes it.
    func frame(_ bytes: [UInt8], for inputs: [InputSpec]) async throws -> FramedPhoto
}

extension PhotoDecoding {
    /// Decodes it whole, and frames it here.
    public func frame(_ bytes: [UInt8], for inputs: [InputSpec]) async throws -> FramedPhoto {
        let photo = try await decode(bytes, .forInputs(inputs))
        return FramedPhoto(inputs.map { $0.frame(photo) })
    }
}

extension ImageDecoder: PhotoDecoding {
    /// Where it is called.
    public func decode(_ bytes: [UInt8], _ detail: PhotoDetail) throws(ImageError) -> PixelImage {
        try decode(bytes, reducedBy: detail.reduction)
    }

    /// No more of the photo is decoded than the inputs show.
    public func frame(_ bytes: [UInt8], for inputs: [InputSpec]) throws(ImageError) -> FramedPhoto {
        try decode(bytes, framedFor: inputs)
    }
}
