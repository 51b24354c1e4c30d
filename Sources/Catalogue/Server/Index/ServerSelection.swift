import Postgres

/// What may be found, as a server is told it: by what is known of photos, of what they show, or both.
struct ServerSelection: Sendable {
    private let photos: PhotoSelection?
    private let types: Set<Int16>?

    /// `nil` where anything may be found.
    init?(of request: NearestRequest) {
        guard request.selection != nil || request.types != nil else { return nil }
        (photos, types) = (request.selection, request.types)
    }

    /// The contents of rows of a table that meet a condition. A content may come several times.
    func rows(in space: SpaceTable, _ parameters: inout StatementParameters) -> (table: String, condition: String) {
        guard let photos else { return ("garment", Self.condition(types ?? [], in: space, &parameters)) }
        let condition = photos.condition(&parameters)
        guard let types else { return ("photo", condition) }
        return (
            "photo",
            """
            \(condition) AND EXISTS (
                SELECT FROM garment WHERE garment.content = photo.content AND \(Self.condition(types, in: space, &parameters)))
            """
        )
    }

    private static func condition(
        _ types: Set<Int16>, in space: SpaceTable, _ parameters: inout StatementParameters
    ) -> String {
        let numbers = parameters.add(.int64s(types.sorted().map(Int64.init)))
        return "garment.space = \(space.id) AND garment.type = ANY (\(numbers)::smallint[])"
    }
}
