/// How a photo of any shape becomes the square that a network looks at.
public enum Framing: String, Sendable, Hashable, Codable, CaseIterable {
    /// The middle square, its border of `32 / (side + 32)` cut off: how EfficientNet-Lite's publisher evaluates it.
    case centreCrop = "centre-crop"
    /// The whole photo, its shape kept, on white.
    case letterbox
    /// The whole photo, its shape not kept: what the original program did.
    case squash

    /// How many times smaller a photo may be decoded so that twice the network's input is left.
    public func reduction(of size: ImageSize, to side: Int) -> Int {
        let (part, target) = (source(in: size, to: side).size, target(of: size, to: side))
        return min(part.width / target.width, part.height / target.height) / 2
    }

    /// Cuts and resizes a photo to `side` by `side` pixels.
    public func frame(_ image: PixelImage, to side: Int, filter: ResamplingFilter) -> PixelImage {
        let (part, target) = (source(in: image.size, to: side), target(of: image.size, to: side))
        return image.resized(part, to: target, filter: filter).centred(on: .square(side))
    }

    private func source(in size: ImageSize, to side: Int) -> ImageRegion {
        switch self {
        case .centreCrop: .centralSquare(of: size, side: max(1, size.shortSide * side / (side + 32)))
        case .letterbox, .squash: .whole(size)
        }
    }

    private func target(of size: ImageSize, to side: Int) -> ImageSize {
        switch self {
        case .centreCrop, .squash: .square(side)
        case .letterbox: size.fitted(into: .square(side))
        }
    }
}

extension ImageSize {
    /// The largest size of the same shape, but for rounding, that `frame` holds; never less than one pixel.
    public func fitted(into frame: ImageSize) -> ImageSize {
        let scale = min(Double(frame.width) / Double(width), Double(frame.height) / Double(height))
        func scaled(_ length: Int) -> Int { max(1, Int((Double(length) * scale).rounded())) }
        return ImageSize(width: scaled(width), height: scaled(height))
    }
}
