import Embedders
import Foundation
import Hummingbird
import Imaging
import SystemPackage
import VisualSearch

/// Photos one by one: what is known of them, and what they look like.
struct PhotoRoutes {
    let serving: Serving

    func add(to router: Router<ServerContext>) {
        router.get("api/photos") { request, _ in
            try await list(Parameters(request, allowing: ["limit", "after", "folder"]))
        }
        router.post("api/photos") { request, context in
            _ = try Parameters(request)
            return try await serving.withBody(of: request, context) { try Response.json(try await take($0, context)) }
        }
        router.get("api/photos/:id") { request, context in
            _ = try Parameters(request)
            return try Response.json(try await describe(serving.photo(context.photo)))
        }
        router.get("api/photos/:id/thumbnail") { request, context in
            let side = try Parameters(request, allowing: ["size"]).choice("size", of: ThumbnailSize.self) ?? .medium
            let photo = try await serving.photo(context.photo)
            return try await unlessKnown(request, "\(photo.id)-\(side.rawValue)") {
                try await thumbnail(of: photo, side.side, context)
            }
        }
        router.get("api/photos/:id/image") { request, context in
            _ = try Parameters(request)
            let photo = try await serving.photo(context.photo)
            return try await unlessKnown(request, "\(photo.id)") { try await image(of: photo, context) }
        }
    }

    private func list(_ parameters: Parameters) async throws -> Response {
        let limit = try parameters.integer("limit", in: 1...1000) ?? 100
        let after = try parameters.text("after").map { (text) throws(Problem) in try Self.mark(text) }
        let engine = serving.engines.usual
        let folders = try await serving.folders(try parameters.text("folder").map { [FilePath($0)] } ?? [], of: engine)
        var (photos, total) = ([PhotoPlace](), 0)
        for folder in folders.outermost {
            total += try await engine.photoCount(in: folder.path)
            photos += try await engine.photos(in: folder.path, after: after?.path, limit: limit + 1)
        }
        // One mark goes through all folders, whose photos may lie among each other's.
        photos.sort { $0.precedes($1) }
        return try Response.json(PhotosJSON(photos, limit: limit, total: total))
    }

    private static func mark(_ text: String) throws(Problem) -> PageMark {
        guard let mark = PageMark(text) else {
            throw Problem(.badRequest, "after is what the page before gave as next.")
        }
        return mark
    }

    /// Looks whether it can be decoded, so that whoever sends it knows at once.
    private func take(_ body: SentBody, _ context: ServerContext) async throws -> SentJSON {
        guard body.photos.count == 1, let bytes = body.photos.values.first else {
            throw Problem(.badRequest, "Send one photo.")
        }
        let known = try await serving.engines.usual.photo(PhotoID(ofFile: bytes)) != nil
        if !known {
            _ = try await serving.inTurn(serving.pictures, context) { try await makeThumbnail(of: bytes, 320) }
        }
        return SentJSON(photo: await serving.sent.keep(bytes).description, known: known)
    }

    private func describe(_ photo: ServedPhoto) async throws -> PhotoJSON {
        let known = photo.known
        return PhotoJSON(
            photo: photo.id.description, places: known?.paths.map { PlaceJSON(photo.id, at: $0) } ?? [],
            bytes: photo.byteCount,
            modified: known.map { Date(timeIntervalSince1970: Double($0.modified) / 1e9) },
            type: try await type(of: known)?.rawValue)
    }

    private func type(of photo: CataloguedPhoto?) async throws -> GarmentType? {
        guard let photo else { return nil }
        return try await serving.engines.usual.type(of: photo)
    }

    /// What an ID names never changes: a browser that has it needs it no more, as long as it may be shown.
    private func unlessKnown(_ request: Request, _ tag: String, _ make: () async throws -> Response) async throws
        -> Response
    {
        let tag = "\"\(tag)\""
        var response = request.has(tag) ? Response(status: .notModified) : try await make()
        response.headers[.eTag] = tag
        response.headers[.cacheControl] = "private, max-age=86400, immutable"
        return response
    }

    private func thumbnail(of photo: ServedPhoto, _ side: Int, _ context: ServerContext) async throws -> Response {
        let kept = serving.thumbnails.bytes(of: photo.id, side: side)
        let bytes = if let kept { kept } else { try await newThumbnail(of: photo, side, context) }
        return Response.picture(bytes, type: "image/jpeg")
    }

    /// Another machine that serves the catalogue may have made it.
    private func newThumbnail(of photo: ServedPhoto, _ side: Int, _ context: ServerContext) async throws -> [UInt8] {
        let engine = serving.engines.usual
        if let known = photo.known, let shared = try await engine.sharedThumbnail(of: known, side: side) {
            await serving.thumbnails.keep(shared, of: photo.id, side: side)
            return shared
        }
        let made = try await serving.inTurn(serving.pictures, context) {
            try await makeThumbnail(of: photo.read(), side)
        }
        // It may have been forgotten meanwhile.
        if let known = try await engine.photo(photo.id) {
            await serving.thumbnails.keep(made, of: photo.id, side: side)
            // Who may only read keeps none for others.
            try? await engine.share(made, of: known, side: side)
        }
        return made
    }

    private func makeThumbnail(of bytes: [UInt8], _ side: Int) async throws -> [UInt8] {
        let space = ImageSize(width: side, height: side)
        let picture = try await serving.engines.usual.thumbnail(of: bytes, fitting: space)
        return try ImageEncoder(format: .jpeg, quality: 82).encode(picture)
    }

    private static let largest = ImageSize(width: 2048, height: 2048)

    /// The file, where browsers show its format.
    private func image(of photo: ServedPhoto, _ context: ServerContext) async throws -> Response {
        try await serving.inTurn(serving.pictures, context) {
            let bytes = try await photo.read()
            if let type = ImageFormat(signatureOf: bytes)?.mediaTypeOfBrowsers {
                return Response.picture(bytes, type: type)
            }
            let picture = try await serving.engines.usual.thumbnail(of: bytes, fitting: Self.largest)
            return Response.picture(try ImageEncoder(format: .jpeg, quality: 90).encode(picture), type: "image/jpeg")
        }
    }
}

extension Response {
    fileprivate static func picture(_ bytes: [UInt8], type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension ImageFormat {
    /// `nil` for one that some browser does not show.
    fileprivate var mediaTypeOfBrowsers: String? {
        switch self {
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .webp: "image/webp"
        case .gif: "image/gif"
        case .avif: "image/avif"
        case .tiff, .heic, .ppm: nil
        }
    }
}

/// The lengths that the longer side of a thumbnail may have.
private enum ThumbnailSize: String, CaseIterable {
    case small = "160"
    case medium = "320"
    case large = "640"

    var side: Int {
        switch self {
        case .small: 160
        case .medium: 320
        case .large: 640
        }
    }
}
