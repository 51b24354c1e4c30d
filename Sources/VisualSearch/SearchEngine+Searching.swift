import Catalogue
import Hashing
import Imaging
import SystemPackage
import Vectors

extension SearchEngine {
    /// Finds the look-alikes of several photos in folders that the catalogue knows.
    ///
    /// One answer for each query, in the same order; a query that cannot be read fails alone.
    public nonisolated func search(
        _ queries: [Query], in folders: [PhotoFolder], options: SearchOptions = SearchOptions()
    )
        async throws -> [Result<SearchAnswer, SkipReason>]
    {
        let embedded = try await embed(queries)
        let gallery = try await Gallery(of: folders, space: space, metric: options.metric, in: catalogue)
        return embedded.map { query in query.map { gallery.answer(to: $0, options: options) } }
    }

    /// Reads all queries, and embeds together those that the catalogue does not know.
    private nonisolated func embed(_ queries: [Query]) async throws -> [Result<EmbeddedQuery, SkipReason>] {
        var read: [Result<UnembeddedQuery, SkipReason>] = []
        for query in queries { read.append(try await self.read(query)) }
        let images = read.compactMap { (try? $0.get())?.image }
        var embeddings = images.isEmpty ? [] : try await embed(images)[...]
        return read.map { query in
            query.map { EmbeddedQuery(content: $0.content, embedding: $0.embedding ?? embeddings.removeFirst()) }
        }
    }

    private nonisolated func read(_ query: Query) async throws -> Result<UnembeddedQuery, SkipReason> {
        do throws(SkipReason) {
            let (bytes, digest) = try query.contents
            work.add(to: \.read)
            let known = try? await catalogue.embedding(of: digest, space: space)
            if let known, let embedding = known.embedding {
                return .success(UnembeddedQuery(content: known.content, embedding: embedding, image: nil))
            }
            do throws(ImageError) {
                return .success(UnembeddedQuery(content: known?.content, embedding: nil, image: try frame(bytes)))
            } catch {
                return .failure(.image(error))
            }
        } catch {
            return .failure(error)
        }
    }
}

extension Query {
    fileprivate var contents: (bytes: [UInt8], digest: SHA256Digest) {
        get throws(SkipReason) {
            switch self {
            case .bytes(let bytes): return (bytes, SHA256Digest(of: bytes))
            case .file(let path):
                let file = try PhotoFile(reading: path)
                return (file.bytes, file.digest)
            }
        }
    }
}

/// A query whose embedding is known, or whose picture is still to be embedded.
private struct UnembeddedQuery {
    let content: Int64?
    let embedding: Embedding?
    let image: PixelImage?
}

struct EmbeddedQuery {
    /// The catalogue's number for the query's contents, if it has such.
    let content: Int64?
    let embedding: Embedding
}
