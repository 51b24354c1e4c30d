import SystemPackage
import Vectors

/// The contents that an index in memory has, as one kind of search looks through them.
struct IndexedContents: NearestContents {
    private let catalogue: EmbeddedCatalogue
    private let index: VectorIndex
    private let request: NearestRequest
    private let effort: MeasuredEffort
    private var candidates: Candidates

    /// Which contents may be found.
    private enum Candidates {
        case all
        /// Those of photos that may be found, which nobody has gone through yet.
        case unlisted(PhotoSelection)
        case listed(Set<Int64>)
    }

    init(of index: VectorIndex, in catalogue: EmbeddedCatalogue, _ request: NearestRequest, _ effort: MeasuredEffort) {
        (self.catalogue, self.index, self.request) = (catalogue, index, request)
        // Recall was measured with all photos: of a few, most could lie where nobody looks.
        self.effort = request.selection == nil ? effort : .exact
        candidates = request.selection.map(Candidates.unlisted) ?? .all
    }

    var recall: Estimate? { effort.recall }

    mutating func nearest(_ limit: Int, to queries: [Embedding]) async throws -> NearestPhotos {
        if case .unlisted(let selection) = candidates, limit * queries.count > mostUnlisted(selection) {
            candidates = .listed(Set(try await listed(selection)))
        }
        let answers = try await answers(limit, to: queries)
        let contents = Set(answers.flatMap { $0.neighbors.map(\.id) })
        return NearestPhotos(answers: answers, photos: try await catalogue.photos(ofContents: contents.sorted()))
    }

    private func answers(_ limit: Int, to queries: [Embedding]) async throws -> [NearestAnswer] {
        guard case .listed(let contents) = candidates else {
            return try await index.nearest(
                limit, to: queries, metric: request.metric, effort: effort.effort, tasks: request.tasks)
        }
        return try await index.nearest(
            limit, to: queries, metric: request.metric, effort: effort.effort, tasks: request.tasks
        ) { contents.contains($0) }
    }

    /// The photos of so many contents are asked for sooner than those of the folders are gone through: all of these where
    /// patterns or dates decide, of which a few thousand are no trouble.
    private func mostUnlisted(_ selection: PhotoSelection) -> Int {
        isShort(selection) ? 0 : min(selection.isOfFoldersAlone ? 20 : 5000, index.count / 20)
    }

    private func isShort(_ selection: PhotoSelection) -> Bool {
        selection.among.map { $0.count <= index.count / 20 } ?? false
    }

    /// May hold more than what can be found, never less.
    private func listed(_ selection: PhotoSelection) async throws -> [Int64] {
        if let among = selection.among, isShort(selection) { return try await catalogue.contents(of: among) }
        var contents: [Int64] = []
        for folder in selection.folders {
            contents += try await catalogue.contents(
                in: [folder.path], modified: selection.modified, where: folder.judge(selection))
        }
        return contents
    }
}

extension PhotoSelection {
    fileprivate var isOfFoldersAlone: Bool { patterns.isEmpty && modified == nil && among == nil }
}

extension PhotoSelection.Folder {
    /// `nil` where no path is unwanted.
    fileprivate func judge(_ selection: PhotoSelection) -> (@Sendable (UnsafePointer<CChar>) -> Bool)? {
        guard !exclusions.isEmpty || !selection.patterns.isEmpty || selection.among != nil else { return nil }
        return { path in
            selection.isNamed(path) && (exclusions.isEmpty || !isExcluded(FilePath(platformString: path)))
        }
    }
}
