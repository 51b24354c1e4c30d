public import SystemPackage
import Vectors

/// How near the embeddings of some photos in one precision are to those of the same photos in another.
public struct Agreement: Sendable, Hashable {
    /// How many neighbours of each photo are compared.
    private static let depth = 10

    /// The share of each photo's nearest ten among the others that are its nearest ten in both, on average.
    public let overlap: Double
    /// Of the cosines of the angles between a photo's two embeddings.
    public let meanCosine: Double
    /// That of the photo which moved farthest.
    public let leastCosine: Double
    /// The photo that moved farthest.
    public let worst: FilePath

    /// Of at least two photos, each with both of its embeddings.
    init(_ photos: [FilePath], _ references: [Embedding], _ others: [Embedding]) throws(VectorError) {
        precondition(photos.count > 1 && photos.count == references.count && photos.count == others.count)
        let shares = zip(try Self.neighbours(references), try Self.neighbours(others)).map { reference, other in
            Double(reference.intersection(other).count) / Double(reference.count)
        }
        overlap = shares.reduce(0, +) / Double(shares.count)
        let cosines = zip(references, others).map { $0.cosine(of: $1) }
        meanCosine = cosines.reduce(0, +) / Double(cosines.count)
        let least = cosines.indices.min { cosines[$0] < cosines[$1] } ?? 0
        (leastCosine, worst) = (cosines[least], photos[least])
    }

    /// The rows nearest to each, without itself.
    private static func neighbours(_ embeddings: [Embedding]) throws(VectorError) -> [Set<Int64>] {
        var index = VectorIndex(dimension: embeddings[0].dimension)
        for (row, embedding) in embeddings.enumerated() { try index.insert(Int64(row), embedding) }
        var neighbours: [Set<Int64>] = []
        for (row, embedding) in embeddings.enumerated() {
            neighbours.append(Set(try index.nearest(depth, to: embedding) { $0 != row }.neighbors.map(\.id)))
        }
        return neighbours
    }
}

extension Embedding {
    fileprivate func cosine(of other: Embedding) -> Double {
        zip(normalized.values, other.normalized.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
}
