public import Imaging

/// Photos that a network learns from, one a row. They are decoded anew each time, so that memory does not grow with their number.
public protocol TrainingPhotos: Sendable {
    /// What each row shows: the same number for the same identity.
    var identities: [Int] { get }

    /// The first rows are photos as they are, so many of them; all others are altered ones.
    var photoCount: Int { get }

    /// What a network that describes photos looks at; `nil` where the photo cannot be read, or is none.
    func picture(of row: Int, for input: InputSpec) -> PixelImage?

    /// The photo of a row altered in another way; `nil` where it cannot be read, or is none.
    func picture(of row: Int, altered alteration: Alteration, for input: InputSpec) -> PixelImage?
}
