import SystemPackage

/// What a copy leaves out, since the paths are longer than its catalogue can keep.
struct UnkeptFiles {
    private(set) var count = 0
    /// The source's numbers of what lies in these files alone.
    private(set) var contents: Set<Int64> = []

    /// Nothing is left out.
    init() {}

    init(of source: any PhotoCatalogue, in target: any PhotoCatalogue) async throws {
        guard target.longestPath != nil else { return }
        var last: FilePath?
        while case let page = try await source.files(after: last, limit: Self.pageSize), let end = page.last {
            let unkept = page.filter { !target.keeps($0.path) }
            count += unkept.count
            contents.formUnion(unkept.map(\.content))
            last = end.path
        }
        let photos = try await source.photos(ofContents: contents.sorted())
        contents = contents.filter { photos[$0, default: []].allSatisfy { !target.keeps($0.path) } }
    }

    private static let pageSize = 4096
}

extension PhotoCatalogue {
    /// Whether it can have such a path.
    func keeps(_ path: FilePath) -> Bool { path.length <= longestPath ?? .max }
}
