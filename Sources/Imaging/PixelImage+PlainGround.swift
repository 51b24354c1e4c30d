extension PixelImage {
    /// Whether the edges show one colour nearly everywhere, as photos from a studio do: then nothing is there that a garment
    /// would have to be told from.
    public var hasPlainGround: Bool {
        let small = resized(to: .square(32), filter: .triangle)
        let (places, colours) = (small.size.edge, small.colours)
        let edge = places.map { colours[$0] }
        let ground = ColourClusters(1, of: edge, weights: [Float](repeating: 1, count: edge.count)).centres[0]
        let like = edge.count { $0.distance(to: ground) < 0.05 }
        return Double(like) > 0.9 * Double(edge.count)
    }
}
