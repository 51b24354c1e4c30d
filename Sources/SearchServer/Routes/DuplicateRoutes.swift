import Hummingbird
import SystemPackage
import VisualSearch

/// Photos that are there twice.
struct DuplicateRoutes {
    let serving: Serving

    func add(to router: Router<ServerContext>) {
        router.get("api/duplicates") { request, context in
            let parameters = try Parameters(request, allowing: ["above", "garments", "folder"])
            let folders = try await serving.folders(
                parameters.all("folder").map { FilePath($0) }, of: serving.engines.usual)
            let above = try parameters.number("above", in: 0...1).map(Float.init)
            let areGarments = try parameters.flag("garments") ?? false
            return try await serving.inTurn(serving.searches, context) {
                try Response.json(try await duplicates(in: folders, above, ofGarments: areGarments))
            }
        }
    }

    private func duplicates(in folders: [PhotoFolder], _ above: Float?, ofGarments areGarments: Bool) async throws
        -> DuplicatesJSON
    {
        let engine = serving.engines.usual
        let groups =
            areGarments
            ? try await engine.sameGarments(in: folders, above: above ?? SearchEngine.sameGarment)
            : try await engine.duplicates(in: folders, above: above ?? SearchEngine.nearlySame)
        let paths = groups.flatMap { $0.contents.flatMap(\.self) }
        let ids = try await engine.ids(ofPhotosAt: paths)
        let known = Dictionary(zip(paths, ids).compactMap { path, id in id.map { (path, $0) } }) { first, _ in first }
        return DuplicatesJSON(groups, known)
    }
}
