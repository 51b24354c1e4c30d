import SystemPackage
import Vectors

/// Whether one catalogue has what another one has: by counts, by embeddings that are compared bit for bit, and by what each
/// finds nearest to them.
public struct CopyVerification: Sendable, Hashable {
    /// Photos and faulty files in the source, and how many of them the other lacks, those aside whose paths are longer than it can
    /// keep.
    public private(set) var files = 0
    public private(set) var missingFiles = 0
    /// Embeddings in the source of all models that photos have, and how many fewer the other has.
    public private(set) var embeddings = 0
    public private(set) var missingEmbeddings = 0
    /// Embeddings that were looked at one by one, and those that differ or are not there.
    public private(set) var sampled = 0
    public private(set) var different = 0
    /// Searches that were made in both, where both hold the same, and those that found something else.
    public private(set) var searches = 0
    public private(set) var otherwise = 0

    /// Whether nothing was found to be wrong.
    public var isSound: Bool { missingFiles + missingEmbeddings + different + otherwise == 0 }

    /// Of each model, so many embeddings are looked at and searched for.
    private static let sampleSize = 50
    private static let searchCount = 10

    /// For when nobody changes either of them.
    public init(of source: any PhotoCatalogue, in target: any PhotoCatalogue) async throws {
        let (own, other) = (try await source.photoCount(), try await target.photoCount())
        let unkept = own > other ? try await UnkeptFiles(of: source, in: target) : UnkeptFiles()
        (files, missingFiles) = (own, max(0, own - unkept.count - other))
        for space in try await source.spaces().map(\.space) {
            try await count(space, source, target, but: unkept)
            let photos = try await Self.sample(of: space, in: source).filter {
                !unkept.contents.contains($0.photo.content)
            }
            try await compare(photos, of: space, with: target)
            guard own == other else { continue }
            for photo in photos.prefix(Self.searchCount) {
                searches += 1
                let found = try await Neighbourhood(of: photo.embedding, in: source, space)
                if try await found != Neighbourhood(of: photo.embedding, in: target, space) { otherwise += 1 }
            }
        }
    }

    private mutating func count(
        _ space: EmbeddingSpace, _ source: any PhotoCatalogue, _ target: any PhotoCatalogue, but unkept: UnkeptFiles
    ) async throws {
        let own = try await source.embeddingCount(in: "/", space: space)
        let left = try await source.embeddings(ofContents: unkept.contents.sorted(), space: space).count
        embeddings += own
        missingEmbeddings += max(0, own - left - (try await target.embeddingCount(in: "/", space: space)))
    }

    private mutating func compare(
        _ photos: [(photo: Photo, embedding: Embedding)], of space: EmbeddingSpace, with target: any PhotoCatalogue
    ) async throws {
        for (photo, embedding) in photos {
            let other = try await target.embedding(of: photo.digest, space: space)?.embedding
            sampled += 1
            if other?.values.map(\.bitPattern) != embedding.values.map(\.bitPattern) { different += 1 }
        }
    }

    /// From everywhere among the photos of a space.
    private static func sample(of space: EmbeddingSpace, in catalogue: any PhotoCatalogue) async throws
        -> [(photo: Photo, embedding: Embedding)]
    {
        let sample = try await catalogue.sample(sampleSize, of: space).filter(\.embedding.isComparable)
        let photos = try await catalogue.photos(ofContents: sample.map(\.content))
        return sample.compactMap { content, embedding in photos[content]?.first.map { ($0, embedding) } }
    }
}

/// What is nearest to an embedding: how near, and, of those that no other is as near as, which photos.
private struct Neighbourhood: Hashable {
    private let similarities: [Double]
    private let photos: [Set<FilePath>]

    private static let limit = 10

    init(of embedding: Embedding, in catalogue: any PhotoCatalogue, _ space: EmbeddingSpace) async throws {
        let request = NearestRequest(selection: nil, metric: .cosine, recall: 1, tasks: 1, name: "") { $0 }
        var contents = try await catalogue.index(of: space, for: .cosine).contents(for: request)
        let found = try await contents.nearest(Self.limit, to: [embedding])
        let neighbours = found.answers[0].neighbors
        similarities = neighbours.map(\.similarity)
        let last = neighbours.last?.similarity ?? 0
        let surely = neighbours.filter { $0.similarity > last }
        photos = Dictionary(grouping: surely, by: \.similarity).sorted { $0.key > $1.key }.map { group in
            Set(group.value.flatMap { found.photos[$0.id, default: []].map(\.path) })
        }
    }
}
