public import Imaging

/// The colours of a garment, and how much of it has each: a signature (Rubner, Tomasi & Guibas 2000, section 3).
///
/// What is like the edges of the photo counts little, and so does what is far from its middle.
public struct ColourSignature: Sendable, Hashable {
    /// What a photo is made into first.
    public static let input = InputSpec(
        side: 48, framing: .squash, filter: .triangle, mean: [0, 0, 0], scale: [255, 255, 255])

    /// Rises whenever the numbers that come out change.
    public static let revision = 1

    /// The most colours that are told apart.
    public static let mostColours = 8
    /// Colours that are farther apart than this look altogether different: 1 lies between black and white.
    private static let farthest: Float = 0.25

    /// At least one.
    public let colours: [OKLab]
    /// Of each colour; all together 1.
    public let shares: [Float]

    /// Takes a picture of any size; a small one is enough.
    public init(of picture: PixelImage) {
        let pixels = GarmentPixels(of: picture)
        let clusters = ColourClusters(Self.mostColours, of: pixels.colours, weights: pixels.weights)
        (colours, shares) = (clusters.centres, clusters.shares)
    }

    /// The earth mover's distance: how far colours have to be moved until all are the other's, on average; from 0 to 1, where
    /// they are altogether different.
    public func distance(to other: ColourSignature) -> Double {
        let costs = colours.flatMap { colour in
            other.colours.map { Double(min(1, colour.distance(to: $0) / Self.farthest)) }
        }
        return TransportProblem(
            supplies: shares.map(Double.init), demands: other.shares.map(Double.init), costs: costs
        ).solved().cost
    }
}
