/// How a photo of any shape becomes the square that a network looks at.
public enum Framing: String, Sendable, Hashable, Codable, CaseIterable {
    /// The middle of the photo, as the network's publisher evaluates it: see `CentreCrop`.
    case centreCrop = "centre-crop"
    /// The whole photo, its shape kept, on white.
    case letterbox
    /// The whole photo, its shape not kept: what the original program did.
    case squash
}

extension InputSpec {
    /// How many times smaller than its file a photo may be decoded, so that twice the network's input is left.
    public func reduction(of size: ImageSize) -> Int {
        let (part, target) = (part(of: size).box, target(of: size))
        return Int(min(part.width / Double(target.width), part.height / Double(target.height)) / 2)
    }

    /// Makes a photo of any size the `side` by `side` pixels that `write(_:to:)` takes.
    public func frame(_ image: PixelImage) -> PixelImage {
        frame(.whole(image))
    }

    /// The same for a photo of which `visibleRegion` at least was decoded.
    func frame(_ cut: PhotoCut) -> PixelImage {
        let part = part(of: cut.size).moved(into: cut.region)
        let resized = cut.pixels.resized(part.box, of: part.region, to: target(of: cut.size), filter: filter)
        return resized.centred(on: .square(side))
    }

    /// The pixels of a photo that its framed picture is made of: what lies elsewhere changes nothing.
    func visibleRegion(of size: ImageSize) -> ImageRegion {
        part(of: size).visibleRegion(resizedTo: target(of: size), filter: filter)
    }

    /// The part of a photo that fills its target, in the photo's pixels.
    func shown(of size: ImageSize) -> Rectangle {
        let part = part(of: size)
        return part.box.moved(left: -part.region.left, up: -part.region.top)
    }

    private func part(of size: ImageSize) -> PhotoPart {
        switch framing {
        case .centreCrop: crop.part(of: size, side: side)
        case .letterbox, .squash: PhotoPart(.whole(size))
        }
    }

    func target(of size: ImageSize) -> ImageSize {
        switch framing {
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
