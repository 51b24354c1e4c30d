import Catalogue
import Embedders
import Imaging
import Ranking
import SystemPackage

extension SearchEngine {
    /// Finds out what ranking by some measures needs of all photos of some folders, and keeps it: searches do that only of
    /// photos that they rank. `progress` is told how many photos are done.
    public nonisolated func prepare(
        _ reranking: Reranking, in folders: [PhotoFolder], progress: (Int) -> Void = { _ in }
    ) async throws {
        try check(reranking)
        var (pages, done) = (EmbeddedPages(of: folders, in: catalogue, space: space, limit: 128), 0)
        while let page = try await pages.next() {
            let photos = page.map { RankedPhoto(content: $0.photo.content, path: $0.photo.path) }
            if reranking.needsPlaces { _ = try await localFeatures(PatchGrid.self, of: photos, atOnce: processors) }
            if reranking.needsColours {
                _ = try await localFeatures(ColourSignature.self, of: photos, atOnce: processors)
            }
            done += page.count
            progress(done)
        }
    }

    nonisolated func check(_ reranking: Reranking) throws(SearchError) {
        if reranking.needsPlaces, !choice.seesPlaces { throw .seesNoPlaces(model: choice.model.id) }
    }

    /// What is kept of photos, and what is found out now; of one that cannot be read any more, or is another now, nothing.
    nonisolated func localFeatures<Feature: LocalFeature>(
        _ type: Feature.Type, of photos: [RankedPhoto], atOnce: Int
    ) async throws -> [Int64: Feature] {
        let kept = try await catalogue.localFeatures(type.kind(of: self), ofContents: photos.map(\.content))
        var features = kept.compactMapValues(Feature.init(kept:))
        let missing = photos.filter { features[$0.content] == nil }
        let found = try await missing.inBatches(atOnce: atOnce) { try await self.found(type, in: $0) }
        let new = Dictionary(found) { first, _ in first }
        // Where nothing can be written, it is found out anew each time.
        try? await catalogue.keep(new.mapValues(\.bytes), as: type.kind(of: self))
        features.merge(new) { $1 }
        return features
    }

    private nonisolated func found<Feature: LocalFeature>(_ type: Feature.Type, in photos: [RankedPhoto]) async throws
        -> [(Int64, Feature)]
    {
        var framed: [(content: Int64, photo: FramedPhoto)] = []
        for photo in photos {
            guard let file = try? PhotoFile(reading: photo.path),
                try await catalogue.embedding(of: file.digest, space: space)?.content == photo.content,
                let seen = try? await look(
                    at: file.bytes, for: type.inputs(of: self), by: try keptMask(of: photo.content))
            else { continue }
            framed.append((photo.content, seen.framed))
        }
        guard !framed.isEmpty else { return [] }
        return Array(zip(framed.map(\.content), try await type.found(in: framed.map(\.photo), by: self)))
    }

    /// That of the first photo of a query that is made of several, or of the part that counts of it.
    nonisolated func localFeature<Feature: LocalFeature>(_ type: Feature.Type, of query: Query) async throws -> Feature
    {
        let (bytes, digest) = try query.terms[0].contents
        // The part of a photo is another picture, of which nothing is kept.
        let known = query.terms[0].region == nil ? try await catalogue.embedding(of: digest, space: space) : nil
        if let content = known?.content,
            let kept = try await catalogue.localFeatures(type.kind(of: self), ofContents: [content])[content],
            let feature = Feature(kept: kept)
        {
            return feature
        }
        let mask = try await keptMask(of: known?.content)
        let photo = try await readable {
            try await self.look(at: bytes, query.terms[0].region, for: type.inputs(of: self), by: mask).framed
        }
        let feature = try await type.found(in: [photo], by: self)[0]
        if let content = known?.content { try? await catalogue.keep([content: feature.bytes], as: type.kind(of: self)) }
        return feature
    }

    /// What somebody asks with may be no photo.
    private nonisolated func readable(_ look: @Sendable () async throws -> FramedPhoto) async throws -> FramedPhoto {
        do { return try await look() } catch let error as ImageError { throw SkipReason.image(error) }
    }
}

/// One that is ranked once more.
struct RankedPhoto: Sendable {
    let content: Int64
    let path: FilePath
}
