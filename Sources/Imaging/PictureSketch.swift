/// A photo at a glance: which colours are where.
///
/// What embeddings overlook, as the colour of a garment on the same model, shows in it.
public struct PictureSketch: Sendable, Hashable {
    /// What a photo is made into before it is sketched.
    public static let input = InputSpec(
        side: side, framing: .squash, filter: .triangle, mean: [0, 0, 0], scale: [255, 255, 255])

    private static let side = 16
    /// The share of the places that decide; some differ at edges whenever a photo is made smaller.
    private static let decisiveShare = 0.95

    private let colours: [OKLab]

    /// Traps for a picture that is not framed as `input` says.
    public init(_ picture: PixelImage) {
        precondition(picture.size == .square(Self.side))
        colours = picture.colours
    }

    private init(_ colours: [OKLab]) { self.colours = colours }

    /// How far colours are apart in all but a few places, whatever light was on them and whichever way round the photo is:
    /// 0 for the same picture, 1 for black and white.
    public func difference(from other: PictureSketch) -> Float {
        min(distance(to: other), distance(to: other.mirrored))
    }

    private var mirrored: PictureSketch {
        PictureSketch(
            colours.indices.map { colours[$0 / Self.side * Self.side + Self.side - 1 - $0 % Self.side] })
    }

    private func distance(to other: PictureSketch) -> Float {
        let light = max(0.5, min(2, (lightness + 0.01) / (other.lightness + 0.01)))
        let distances = zip(colours, other.colours).map { $0.distance(to: $1.scaled(by: light)) }.sorted()
        return distances[Int(Double(distances.count - 1) * Self.decisiveShare)]
    }

    private var lightness: Float { colours.reduce(0) { $0 + $1.lightness } / Float(colours.count) }
}
