/// How a network's publisher takes the middle out of a photo.
public enum CentreCrop: Sendable, Hashable, Codable {
    /// The middle square, its border of `32 / (side + 32)` cut off, is cut out and then resized: EfficientNet's way.
    case beforeResizing
    /// The photo is resized until its short side has so many pixels, and the middle is cut out then: torchvision's way.
    case afterResizing(toShortSide: Int)

    func part(of size: ImageSize, side: Int) -> PhotoPart {
        switch self {
        case .beforeResizing:
            PhotoPart(.centralSquare(of: size, side: max(1, size.shortSide * side / (side + 32))))
        case .afterResizing(let shortSide):
            PhotoPart(.whole(size), box: size.resized(toShortSide: shortSide).centralSquare(side, scaledTo: size))
        }
    }
}

extension ImageSize {
    /// Of the same shape, but that torchvision rounds the long side down.
    fileprivate func resized(toShortSide side: Int) -> ImageSize {
        ImageSize(width: side * width / shortSide, height: side * height / shortSide)
    }

    /// The middle square in the pixels of the picture that this one was resized from. Where it cannot be the exact
    /// middle, torchvision rounds as Python does: to an even number.
    fileprivate func centralSquare(_ side: Int, scaledTo original: ImageSize) -> Rectangle {
        let (across, down) = (Double(original.width) / Double(width), Double(original.height) / Double(height))
        func start(_ length: Int) -> Double { (Double(length - side) / 2).rounded(.toNearestOrEven) }
        let (left, top) = (start(width), start(height))
        return Rectangle(
            left: left * across, top: top * down, right: (left + Double(side)) * across,
            bottom: (top + Double(side)) * down)
    }
}
