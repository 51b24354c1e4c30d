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
        let images = read.flatMap { (try? $0.get())?.compactMap(\.image) ?? [] }
        var embeddings = images.isEmpty ? [] : try await embed(images)[...]
        return zip(batch, read).map { query, terms in
            terms.map { terms in
                let described = terms.map { $0.embedding ?? embeddings.removeFirst() }
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
        let (bytes, digest) = try term.contents
        work.add(to: \.read)
        let known = try await catalogue.embedding(of: digest, space: space)
        if let region = term.region {
            // The part of a photo is another picture, whose embedding nobody keeps.
            return ReadTerm(
                content: known?.content, embedding: nil, image: try await look(at: bytes, region).framed)
        }
        guard known?.embedding == nil else {
            return ReadTerm(content: known?.content, embedding: known?.embedding, image: nil)
        }
        let mask = try await keptMask(of: known?.content, digest)
        let photo = try await look(at: bytes, by: mask)
        await remember(photo.mask, of: digest)
        return ReadTerm(content: known?.content, embedding: nil, image: photo.framed)
    }
}

/// A term whose embedding is known, or whose picture is still to be embedded.
private struct ReadTerm {
    let content: Int64?
    let embedding: Embedding?
    let image: FramedPhoto?
}

extension QueryTerm {
    var contents: (bytes: [UInt8], digest: SHA256Digest) {
        get throws(SkipReason) {
            switch photo {
            case .bytes(let bytes): return (bytes, SHA256Digest(of: bytes))
            case .file(let path):
                let file = try PhotoFile(reading: path)
                return (file.bytes, file.digest)
            }
        }
    }
}
