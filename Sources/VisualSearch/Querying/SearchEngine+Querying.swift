import Catalogue
import Embedders
import Hashing
import Imaging
import SystemPackage
import Vectors

extension SearchEngine {
    /// Reads queries and embeds what of them the catalogue does not know, in batches.
    nonisolated func embed(_ queries: [Query], atOnce: Int) async throws -> [Result<Gallery.Point, SkipReason>] {
        try await queries.inBatches(atOnce: atOnce) { try await self.embed(batch: $0) }
    }

    private nonisolated func embed(batch: [Query]) async throws -> [Result<Gallery.Point, SkipReason>] {
        var read: [Result<[ReadTerm], SkipReason>] = []
        for query in batch { read.append(try await self.read(query.terms)) }
        let unknown = read.flatMap { (try? $0.get())?.compactMap(\.unknown) ?? [] }
        let embeddings = unknown.isEmpty ? [] : try await embed(unknown.map(\.framed))
        for (term, embedding) in zip(unknown, embeddings) { await remember(embedding, of: term.picture) }
        var new = embeddings[...]
        return zip(batch, read).map { query, terms in
            terms.map { terms in
                let described = terms.map { $0.embedding ?? new.removeFirst() }
                return Gallery.Point(
                    embedding: mixture(of: zip(described, query.terms.map(\.weight)).map { ($0, $1) }),
                    contents: terms.compactMap(\.content), isWholePhoto: query.isWholePhoto)
            }
        }
    }

    /// The weighted sum of embeddings, view by view where they are made of views; one embedding is itself.
    private nonisolated func mixture(of terms: [(embedding: Embedding, weight: Double)]) -> Embedding {
        if terms.count == 1 { return terms[0].embedding }
        let parts = choice.views?.parts.compactMap { choice.views?.range(of: $0.view) } ?? [0..<space.dimension]
        return Embedding(
            parts.flatMap { range in
                let parts = terms.map { (Embedding(Array($0.embedding.values[range])).normalized, Float($0.weight)) }
                let sum = parts.reduce(into: [Float](repeating: 0, count: range.count)) { sum, part in
                    for (place, value) in part.0.values.enumerated() { sum[place] += part.1 * value }
                }
                return Embedding(sum).normalized.values
            })
    }

    private nonisolated func read(_ terms: [QueryTerm]) async throws -> Result<[ReadTerm], SkipReason> {
        do {
            var read: [ReadTerm] = []
            for term in terms { read.append(try await self.read(term)) }
            return .success(read)
        } catch let reason as SkipReason {
            return .failure(reason)
        } catch let error as ImageError {
            return .failure(.image(error))
        }
    }

    private nonisolated func read(_ term: QueryTerm) async throws -> ReadTerm {
        let photo = try await StageClock.measured(.read) { try await term.contents }
        work.add(to: \.read)
        let known = try await StageClock.measured(.read) {
            try await catalogue.embedding(of: photo.digest, space: space)
        }
        let picture = QueryMemory.Picture(digest: photo.digest, region: term.region)
        // The part of a photo is another picture, whose embedding nobody keeps.
        let kept = term.region == nil ? known?.embedding : nil
        let remembered = await queryMemory.embeddings[picture]
        if let embedding = kept ?? remembered {
            return ReadTerm(content: known?.content, embedding: embedding, unknown: nil)
        }
        let mask = term.region == nil ? try await keptMask(of: known?.content, photo.digest) : nil
        let seen = try await look(at: try await photo.bytes(), term.region, by: mask, decoding: decoder(of: term))
        if term.region == nil { await remember(seen.mask, of: photo.digest) }
        return ReadTerm(content: known?.content, embedding: nil, unknown: (picture, seen.framed))
    }

    /// What lies in no file may come from anybody.
    nonisolated func decoder(of term: QueryTerm) -> any PhotoDecoding {
        if case .bytes = term.photo { queryDecoder } else { decoder }
    }
}

/// A term whose embedding is known, or whose picture is still to be embedded.
private struct ReadTerm {
    let content: Int64?
    let embedding: Embedding?
    let unknown: (picture: QueryMemory.Picture, framed: FramedPhoto)?
}

/// The photo of a term, which need not be read to be told from others.
struct TermContents {
    let digest: SHA256Digest
    /// Throws a `SkipReason` where they cannot be read any more.
    let bytes: @Sendable () async throws -> [UInt8]
}

extension QueryTerm.Photo {
    /// What is in its file, or object, for which this blocks.
    public var bytes: [UInt8] {
        get throws(SkipReason) {
            switch self {
            case .bytes(let bytes): bytes
            case .file(let path): try PhotoFile(reading: path).bytes
            case .catalogued(let photo): try photo.bytes
            }
        }
    }
}

extension QueryTerm {
    /// Throws a `SkipReason` where its file cannot be read.
    var contents: TermContents {
        get async throws {
            switch photo {
            case .bytes(let bytes): return TermContents(digest: SHA256Digest(of: bytes)) { bytes }
            case .file(let path):
                let file = try await PhotoFile.reading(path)
                return TermContents(digest: file.digest) { file.bytes }
            case .catalogued(let photo):
                return TermContents(digest: photo.digest) { try await photo.read() }
            }
        }
    }
}
