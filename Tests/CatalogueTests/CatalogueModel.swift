import SystemPackage

/// What a catalogue should know, kept in the plainest way.
struct CatalogueModel {
    private var contents: [FilePath: Int] = [:]
    private var embeddings: [String: [Int: [Float]]] = [:]

    /// The embeddings of a space, each with the content that it describes, in the order of the contents.
    func values(in space: String) -> [[Float]] {
        embeddings[space, default: [:]].sorted { $0.key < $1.key }.map(\.value)
    }

    mutating func record(_ path: FilePath, _ content: Int, _ values: [Float], in space: String) {
        contents[path] = content
        embeddings[space, default: [:]][content] = values
    }

    /// Contents outlive their photos.
    mutating func lose(_ path: FilePath) { contents[path] = nil }

    mutating func forgetPhotos(where isForgotten: (FilePath) -> Bool) {
        contents = contents.filter { !isForgotten($0.key) }
        let kept = Set(contents.values)
        embeddings = embeddings.mapValues { $0.filter { kept.contains($0.key) } }
    }

    mutating func forget(_ space: String) { embeddings[space] = nil }
}
