import Imaging

/// How a photo that somebody asks with may differ from the one that they mean.
public enum PhotoVariation: String, Sendable, CaseIterable {
    case none = "as it is"
    case crop = "cropped"
    case detail = "a detail"
    case mirror = "mirrored"
    case turn = "turned by 10°"
    case darken = "darker"
    case recolour = "other colours"
    case blur = "blurred"
    case compress = "compressed hard"
    case ground = "smaller, on grey"
    case cover = "partly covered"

    /// The file of the varied photo.
    func file(of photo: PixelImage) throws(ImageError) -> [UInt8] {
        let encoder = self == .compress ? ImageEncoder(format: .jpeg, quality: 15) : ImageEncoder(format: .png)
        return try encoder.encode(picture(of: photo))
    }

    private func picture(of photo: PixelImage) -> PixelImage {
        switch self {
        case .none, .compress: photo
        case .crop: photo.cropped(left: 0.1, top: 0.05, right: 0.05, bottom: 0.1)
        case .detail: photo.cropped(left: 0.3, top: 0.3, right: 0.3, bottom: 0.3)
        case .mirror: photo.mirrored
        case .turn: photo.rotated(degrees: 10)
        case .darken: photo.exposed(by: 0.7)
        case .recolour: photo.recoloured(degrees: 120)
        case .blur: photo.blurred(by: 4)
        case .ground: photo.laid(on: Colour(red: 150, green: 150, blue: 150), scale: 0.6)
        case .cover: photo.covered(left: 0.2, top: 0.5, right: 0.2, bottom: 0.2)
        }
    }
}
