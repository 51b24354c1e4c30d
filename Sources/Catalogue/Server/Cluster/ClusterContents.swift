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

    /// Asks anew where slots moved meanwhile: what was looked for may have been on its way.
    mutating func nearest(_ limit: Int, to queries: [Embedding]) async throws -> NearestPhotos {
        let areFew = try await few.areFew(in: catalogue)
        let selected = areFew ? try await catalogue.contents(of: request.selection!) : nil
        while let cluster = try await catalogue.cluster(), let table = try await catalogue.table(of: space) {
            let search = ScatteredSearch(
                space: space, cluster: cluster, request: request, effort: effort,
                selected: selected.map(cluster.slots.split))
            let found = try await search.nearest(limit, to: queries, in: table, at: catalogue.location)
            let contents = Set(found.answers.flatMap(\.neighbors).map(\.id)).sorted()
            let photos = try await catalogue.photos(ofContents: contents)
            if try await catalogue.isCurrent(cluster) {
                return NearestPhotos(answers: found.answers, photos: photos, missing: found.missing)
            }
        }
        var contents = ServerContents(of: space, in: catalogue, request, effort)
        return try await contents.nearest(limit, to: queries)
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
