import Foundation
import Synchronization

/// A store of objects on this machine: a bucket `shop` that speaks S3, whose objects can also be had from a page of links.
public final class ObjectShelf: Sendable {
    private struct State {
        var objects: [String: [UInt8]] = [:]
        var isAway = false
        var givesNothing = false
    }

    private let state: Shelf
    private let server: LoopbackServer
    /// So few that there are several pages.
    private static let pageLength = 2

    private final class Shelf: Sendable {
        let state = Mutex(State())
    }

    public init() {
        let shelf = Shelf()
        state = shelf
        server = LoopbackServer { request in
            shelf.state.withLock { state in
                let isOfObject = request.target.prefix { $0 != "?" }.contains(".png")
                let isRefused = state.isAway || state.givesNothing && isOfObject
                return isRefused ? WebAnswer(403, ["Content-Length": "0"]) : Self.answer(request, state.objects)
            }
        }
    }

    /// For what is asked for at the server's root.
    public var address: String { server.address }

    /// What programs need to find it.
    public var environment: [String: String] {
        ["AWS_ENDPOINT_URL": address, "AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret", "HOME": "/nowhere"]
    }

    /// What was asked for so far, without queries.
    public var requests: [String] { server.requests.map { String($0.target.prefix { $0 != "?" }) } }

    public func put(_ bytes: [UInt8], at key: String) { state.state.withLock { $0.objects[key] = bytes } }

    public func delete(_ key: String) { state.state.withLock { $0.objects[key] = nil } }

    public func move(_ key: String, to newKey: String) {
        state.state.withLock { $0.objects[newKey] = $0.objects.removeValue(forKey: key) }
    }

    /// Whether it lists its objects, and refuses each.
    public func give(nothing givesNothing: Bool) { state.state.withLock { $0.givesNothing = givesNothing } }

    /// Whether it refuses whatever is asked for.
    public func be(away isAway: Bool) { state.state.withLock { $0.isAway = isAway } }

    private static func answer(_ request: WebRequest, _ objects: [String: [UInt8]]) -> WebAnswer {
        let parts = request.target.split(separator: "?", maxSplits: 1).map(String.init)
        let query = (parts.count > 1 ? parts[1] : "").split(separator: "&").map(String.init)
        if query.contains("list-type=2"), parts[0] == "/shop" { return page(query, objects) }
        let key = (parts[0].removingPercentEncoding ?? "").dropFirst("/shop/".count)
        if let bytes = objects[String(key)] { return .file(bytes, tag: tag(of: bytes), to: request) }
        return parts[0].hasSuffix("/") ? links(below: String(key), objects) : WebAnswer(404, ["Content-Length": "0"])
    }

    /// Others for other bytes, as far as tests go.
    private static func tag(of bytes: [UInt8]) -> String {
        "\"\(String(bytes.reduce(UInt64(bytes.count)) { $0 &* 31 &+ UInt64($1) }, radix: 16))\""
    }

    private static func page(_ query: [String], _ objects: [String: [UInt8]]) -> WebAnswer {
        let value = { (name: String) in
            query.first { $0.hasPrefix(name + "=") }?.dropFirst(name.count + 1).removingPercentEncoding ?? ""
        }
        let (prefix, mark) = (value("prefix"), value("continuation-token"))
        let keys = objects.keys.filter { $0.hasPrefix(prefix) && $0 > mark }.sorted()
        let entries = keys.prefix(pageLength).map { key in
            let name = key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            return
                "<Contents><Key>\(name)</Key><Size>\(objects[key]!.count)</Size><ETag>\(tag(of: objects[key]!))</ETag></Contents>"
        }
        let rest =
            keys.count > pageLength
            ? "<IsTruncated>true</IsTruncated><NextContinuationToken>\(keys[pageLength - 1])</NextContinuationToken>"
            : ""
        return text("<ListBucketResult><EncodingType>url</EncodingType>\(rest)\(entries.joined())</ListBucketResult>")
    }

    private static func links(below folder: String, _ objects: [String: [UInt8]]) -> WebAnswer {
        let names = objects.keys.filter { $0.hasPrefix(folder) }.map { key in
            let parts = key.dropFirst(folder.count).split(separator: "/")
            return parts[0] + (parts.count > 1 ? "/" : "")
        }
        guard !names.isEmpty else { return WebAnswer(404, ["Content-Length": "0"]) }
        return text(Set(names).map { "<a href=\"\($0)\">\($0)</a>" }.joined(separator: "\n"))
    }

    private static func text(_ text: String) -> WebAnswer {
        WebAnswer(200, ["Content-Length": "\(text.utf8.count)"], Array(text.utf8))
    }
}
