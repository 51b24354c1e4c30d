/// The folders that are searched: contract `Roots`.
struct RootsJSON: Encodable {
    struct Root: Encodable {
        let path: String
        let photos: Int
        let isThere: Bool
    }

    let roots: [Root]
    let canAdd: Bool
}

/// Files that are in the folders and not in the catalogue: contract `Skipped`.
struct SkippedJSON: Encodable {
    let skipped: [SkippedFile]
    let total: Int
}
