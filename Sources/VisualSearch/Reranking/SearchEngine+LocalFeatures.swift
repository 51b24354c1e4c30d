import Catalogue
import Embedders
import Imaging
import Ranking
import SystemPackage

extension SearchEngine {
    /// Finds out what ranking all photos of some folders needs, and keeps it, as a search with these options would; nothing
    /// for one that ranks candidates only, or photos that a filter chooses. `progress` is told how many photos are done.
    public nonisolated func prepare(
        for options: SearchOptions, in folders: [PhotoFolder], progress: (Int) -> Void = { _ in }
    ) async throws {
        try check(options)
        guard let reranking = options.reranking, options.ranksAll, options.filter.isOpen else { return }
        await expect(try await describedCount(in: folders))
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
            guard let file = try? await PhotoFile.reading(photo.path),
                try await catalogue.embedding(of: file.digest, space: space)?.content == photo.content
            else { continue }
            let mask = try await keptMask(of: photo.content, file.digest)
            do {
                let seen = try await look(at: file.bytes, for: type.inputs(of: self), by: mask)
                framed.append((photo.content, seen.framed))
            } catch is ImageError { continue }
        }
        guard !framed.isEmpty else { return [] }
        return Array(zip(framed.map(\.content), try await type.found(in: framed.map(\.photo), by: self)))
    }

    /// That of the first photo of a query that is made of several, but for those that results should not look like; or of the
    /// part that counts of it.
    nonisolated func localFeature<Feature: LocalFeature>(_ type: Feature.Type, of query: Query) async throws -> Feature
    {
        let term = query.terms.first { $0.weight > 0 } ?? query.terms[0]
        let photo = try await term.contents
        // The part of a photo is another picture, of which nothing is kept.
        let known = term.region == nil ? try await catalogue.embedding(of: photo.digest, space: space) : nil
        if let content = known?.content,
            let kept = try await catalogue.localFeatures(type.kind(of: self), ofContents: [content])[content],
            let feature = Feature(kept: kept)
        {
            return feature
        }
        let mask = try await keptMask(of: known?.content, photo.digest)
        let (bytes, decoder) = (try await photo.bytes(), decoder(of: term))
        let framed = try await readable {
            try await self.look(
                at: bytes, term.region, for: type.inputs(of: self), by: mask, decoding: decoder
            ).framed
        }
        let feature = try await type.found(in: [framed], by: self)[0]
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
