import Embedders
import Hashing
import Imaging
import Vectors

/// What was found out of the last photos that somebody asked with and that the catalogue does not know: each may be looked at several
/// times for one answer, and asked with again as its user looks around.
struct QueryMemory {
    /// A photo, or the part of it that counts.
    struct Picture: Hashable {
        let digest: SHA256Digest
        let region: PhotoRegion?
    }

    /// The last few only.
    private static let limit = 200

    private(set) var masks: [SHA256Digest: GarmentMask] = [:]
    private(set) var embeddings: [Picture: Embedding] = [:]

    mutating func remember(_ mask: GarmentMask?, of digest: SHA256Digest) {
        if masks.count >= Self.limit { masks = [:] }
        masks[digest] = mask
    }

    mutating func remember(_ embedding: Embedding, of picture: Picture) {
        if embeddings.count >= Self.limit { embeddings = [:] }
        embeddings[picture] = embedding
    }
}
