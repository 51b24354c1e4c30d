import Postgres
import Vectors

/// The contents of a space in a cluster: each shard is asked for the nearest of its own, all at once, and the nearest of these are
/// the nearest of all.
struct ClusterContents: NearestContents {
    private let space: EmbeddingSpace
    private let catalogue: PostgresCatalogue
    private let request: NearestRequest
    private let effort: GraphEffort?
    private var few: FewPhotos

    init(of space: EmbeddingSpace, in catalogue: PostgresCatalogue, _ request: NearestRequest, _ effort: GraphEffort?) {
        (self.space, self.catalogue, self.request, self.effort) = (space, catalogue, request, effort)
        few = FewPhotos(request.selection)
    }

    var recall: Estimate? { few.isKnownFew == true ? nil : effort?.recall }

    mutating func nearest(_ limit: Int, to queries: [Embedding]) async throws -> NearestPhotos {
        let areFew = try await few.areFew(in: catalogue)
        let selected = areFew ? try await catalogue.contents(of: request.selection!) : nil
        let found = try await catalogue.consistently { [self] cluster in
            try await nearest(limit, to: queries, in: cluster, among: selected)
        }
        if let found { return found }
        var contents = ServerContents(of: space, in: catalogue, request, effort)
        return try await contents.nearest(limit, to: queries)
    }

    /// `selected` are the contents that may be found; `nil` for all.
    private func nearest(_ limit: Int, to queries: [Embedding], in cluster: Cluster, among selected: [Int64]?)
        async throws -> NearestPhotos
    {
        let search = ScatteredSearch(
            space: space, table: try await catalogue.table(of: space), cluster: cluster, request: request,
            effort: effort,
            selected: selected.map(cluster.slots.split))
        let found = try await search.nearest(limit, to: queries, at: catalogue.location)
        let contents = Set(found.answers.flatMap(\.neighbors).map(\.id)).sorted()
        let photos = try await catalogue.photos(ofContents: contents)
        return NearestPhotos(answers: found.answers, photos: photos, missing: found.missing)
    }
}

extension PostgresCatalogue {
    /// What photos have that may be selected.
    fileprivate func contents(of selection: PhotoSelection) async throws -> [Int64] {
        try await read { connection in
            var parameters = StatementParameters()
            let condition = selection.condition(&parameters)
            return try await connection.query(
                "SELECT DISTINCT content FROM photo WHERE \(condition) ORDER BY content", parameters.values
            ).map { try $0.int64(0) }
        }
    }
}
