import Imaging

/// What is hidden from a network that is to guess it (Pathak et al. 2016).
enum Hole {
    private static let (count, side) = (4, 0.25)

    /// Some grey squares over a picture.
    static func covered(_ picture: PixelImage, _ random: inout some RandomNumberGenerator) -> PixelImage {
        (0..<count).reduce(picture) { picture, _ in
            let (left, top) = (
                Double.random(in: 0...1 - side, using: &random), Double.random(in: 0...1 - side, using: &random)
            )
            return picture.covered(left: left, top: top, right: 1 - side - left, bottom: 1 - side - top)
        }
    }
}
