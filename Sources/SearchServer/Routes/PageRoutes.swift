import CPage
import Hummingbird
import VisualSearch

/// The web page, and the description of all routes.
struct PageRoutes {
    /// Where the page is, and what it needs before anybody has given a token.
    static let open: Set<String> = [
        "/", "/folders", "/duplicates", "/app.js", "/style.css", "/icon.svg", "/api/openapi.json", "/api/session",
        "/health",
    ]

    private static var files: [(paths: [RouterPath], file: page_file, type: String)] {
        [
            (["/", "folders", "duplicates"], page_index, "text/html; charset=utf-8"),
            (["app.js"], page_script, "text/javascript; charset=utf-8"),
            (["style.css"], page_style, "text/css; charset=utf-8"),
            (["icon.svg"], page_icon, "image/svg+xml"),
            (["api/openapi.json"], page_openapi, "application/json; charset=utf-8"),
        ]
    }

    func add(to router: Router<ServerContext>) {
        for (paths, file, type) in Self.files {
            let bytes = Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
            let page = StaticFile(bytes, type: type)
            for path in paths { router.get(path) { request, _ in page.response(to: request) } }
        }
    }
}

/// A file that never changes while the server runs.
private struct StaticFile {
    private let body: ByteBuffer
    private let type: String
    private let tag: String

    init(_ bytes: [UInt8], type: String) {
        (body, self.type, tag) = (ByteBuffer(bytes: bytes), type, "\"\(PhotoID(ofFile: bytes))\"")
    }

    func response(to request: Request) -> Response {
        let isKnown = request.has(tag)
        return Response(
            status: isKnown ? .notModified : .ok,
            headers: [
                .contentType: type, .eTag: tag, .cacheControl: "no-cache",
                .contentSecurityPolicy: SafeHeaders.pagePolicy,
            ], body: isKnown ? ResponseBody() : ResponseBody(byteBuffer: body))
    }
}
