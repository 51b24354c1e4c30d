import SystemPackage

/// Takes all that one catalogue knows into another, wherever each of them lies.
///
/// What the other has already is left alone, so a copy that was interrupted goes on where it was when it is made again.
public struct CatalogueCopy: Sendable {
    /// How far it is.
    public struct Progress: Sendable, Hashable {
        /// Files that were gone through, those among them that were there already.
        public internal(set) var files = 0
        /// Embeddings that were taken over, of all models.
        public internal(set) var embeddings = 0
        /// Files that were left out, since their paths are longer than the target can keep.
        public internal(set) var unkept = 0
        /// How many files there are in all.
        public internal(set) var total = 0
    }

    private let source: any PhotoCatalogue
    private let target: any PhotoCatalogue
    /// The files of one page are in memory together, with their embeddings.
    private static let pageSize = 4096

    /// Nothing is written before `run`.
    public init(from source: any PhotoCatalogue, to target: any PhotoCatalogue) {
        (self.source, self.target) = (source, target)
    }

    /// Copies, for as long as nobody else brings the target up to date. `progress` is told after each page.
    @discardableResult
    public func run(progress: (Progress) -> Void = { _ in }) async throws -> Progress {
        let lock = try await target.lock()
        defer { _ = lock }
        for root in try await source.roots() where target.keeps(root) { try await target.add(root: root) }
        let (spaces, kinds) = (try await source.spaces().map(\.space), try await source.localKinds())
        var done = Progress(total: try await source.photoCount())
        var last: FilePath?
        // Whatever there is came in with a model.
        while let space = spaces.first {
            try Task.checkCancellation()
            let all = try await source.files(after: last, limit: Self.pageSize)
            guard let end = all.last else { break }
            let files = all.filter { target.keeps($0.path) }
            try await lock.confirm()
            let page = try await CopiedPage(files, from: source, to: target, for: space)
            for space in spaces { done.embeddings += try await page.copyEmbeddings(of: space) }
            for kind in kinds { try await page.copyFeatures(kind) }
            done.files += all.count
            done.unkept += all.count - files.count
            progress(done)
            last = end.path
        }
        return done
    }
}
