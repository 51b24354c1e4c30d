/// How rows of tables become a protocol.
public struct ProtocolRules: Sendable {
    /// The column that says what a photo shows.
    public var label = "label"
    /// Which rows ask, and which may be found: those in which each of these columns has one of the values.
    public var queries: [String: Set<String>] = [:]
    /// The same for those that may be found.
    public var gallery: [String: Set<String>] = [:]
    /// A photo that has the query's value in one of these columns is passed over.
    public var ignoredColumns: [String] = []

    /// Every row asks all others.
    public init() {}

    fileprivate func photos(of table: PhotoTable, _ conditions: [String: Set<String>]) throws(LabelError)
        -> [LabelledPhoto]
    {
        for column in [label] + conditions.keys + ignoredColumns { try table.check(column) }
        return table.rows.filter { row in conditions.allSatisfy { $1.contains(row[$0] ?? "") } }.map { row in
            LabelledPhoto(path: row.path, label: row[label] ?? "", groups: ignoredColumns.map { row[$0] ?? "" })
        }
    }
}

extension EvaluationProtocol {
    /// `queries` and `gallery` may be the same table. Throws a `LabelError` for a column that a table does not have, and
    /// where nothing is left to ask or to find.
    public init(queries: PhotoTable, gallery: PhotoTable, rules: ProtocolRules) throws(LabelError) {
        try self.init(
            queries: rules.photos(of: queries, rules.queries), gallery: rules.photos(of: gallery, rules.gallery))
    }
}
