/// Colours that stand for many, by k-means (Lloyd 1982) from colours that are far apart: the same each time.
public struct ColourClusters: Sendable {
    private static let iterations = 8

    /// At least one.
    public private(set) var centres: [OKLab]
    /// Of each centre's colours, by their weights; all together 1.
    public private(set) var shares: [Float] = []

    /// Makes at most so many of at least one colour; there are fewer where fewer differ.
    public init(_ most: Int, of colours: [OKLab], weights: [Float]) {
        centres = Self.farApart(most, colours, weights)
        for _ in 0..<Self.iterations { improve(colours, weights) }
    }

    /// The heaviest colour, and then whichever is farthest from all before it, heavy ones first (Gonzalez 1985).
    private static func farApart(_ most: Int, _ colours: [OKLab], _ weights: [Float]) -> [OKLab] {
        let heaviest = weights.indices.max { weights[$0] < weights[$1] } ?? 0
        var centres = [colours[heaviest]]
        var distances = colours.map { $0.distance(to: centres[0]) }
        while centres.count < most {
            let farthest = colours.indices.max { distances[$0] * weights[$0] < distances[$1] * weights[$1] } ?? 0
            guard distances[farthest] * weights[farthest] > 0 else { break }
            centres.append(colours[farthest])
            for place in colours.indices {
                distances[place] = min(distances[place], colours[place].distance(to: colours[farthest]))
            }
        }
        return centres
    }

    /// Moves each centre to the mean of the colours nearest to it; one that has none goes.
    private mutating func improve(_ colours: [OKLab], _ weights: [Float]) {
        var sums = [(lightness: Float, a: Float, b: Float, weight: Float)](
            repeating: (0, 0, 0, 0), count: centres.count)
        for (colour, weight) in zip(colours, weights) {
            let nearest =
                centres.indices.min { colour.distance(to: centres[$0]) < colour.distance(to: centres[$1]) } ?? 0
            sums[nearest].lightness += weight * colour.lightness
            sums[nearest].a += weight * colour.a
            sums[nearest].b += weight * colour.b
            sums[nearest].weight += weight
        }
        let kept = sums.filter { $0.weight > 0 }
        let total = kept.reduce(0) { $0 + $1.weight }
        centres = kept.map { OKLab(lightness: $0.lightness / $0.weight, a: $0.a / $0.weight, b: $0.b / $0.weight) }
        shares = kept.map { $0.weight / total }
    }
}
