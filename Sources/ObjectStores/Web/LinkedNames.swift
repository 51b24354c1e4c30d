import Foundation

/// What a page of links leads to in the page's own folder, percent-encoded as links are.
struct LinkedNames {
    private(set) var folders: Set<String> = []
    private(set) var objects: Set<String> = []
    /// Whether the page is one of a folder: it leads into it, or to the folder around it, as pages of empty ones do.
    private(set) var areOfAListing = false
    private let folder: ObjectAddress
    /// Of the folder's path, decoded.
    private let own: [String?]

    /// Links to elsewhere are left out, and so are those with a query.
    init(in page: String, of folder: ObjectAddress) {
        self.folder = folder
        own = folder.name.split(separator: "/").map { String($0).removingPercentEncoding }
        for match in page.matches(of: /(?i)\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/) {
            guard let link = match.1 ?? match.2 ?? match.3 else { continue }
            add(String(link).replacing("&amp;", with: "&"))
        }
    }

    private mutating func add(_ link: String) {
        guard let parts = parts(of: link) else { return }
        let names = parts.map { $0.removingPercentEncoding }
        if names == ["..", ""] { areOfAListing = true }
        guard let first = names.first, let name = first, !name.isEmpty, name != ".", name != "..", !name.contains("/")
        else { return }
        if names.count == 1 { objects.insert(parts[0]) }
        if names.count == 2, names[1] == "" { folders.insert(parts[0]) }
        areOfAListing = areOfAListing || !objects.isEmpty || !folders.isEmpty
    }

    /// What stands between slashes from the folder on; `nil` for what lies elsewhere.
    private func parts(of link: String) -> [String]? {
        let origin = "\(folder.scheme)://\(folder.owner)/"
        let isWhole = link.hasPrefix(origin)
        let path = isWhole ? link.dropFirst(origin.count - 1) : link.hasPrefix("./") ? link.dropFirst(2) : link[...]
        // A colon ends a scheme, unless something stands before it that none has.
        let isAnothers = path == link[...] && path.prefix { $0 != "/" }.contains(":")
        guard !path.contains(where: { "?#".contains($0) }), !isAnothers else { return nil }
        let parts = String(path).percentEncoded(keeping: PercentEncoding.ofWebAddresses)
            .split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        return path.hasPrefix("/") ? inside(Array(parts.dropFirst())) : parts
    }

    /// Of a path from the server's root; the folder around this one is the one above.
    private func inside(_ parts: [String]) -> [String]? {
        let names = parts.map { $0.removingPercentEncoding }
        if !own.isEmpty, names == own.dropLast() + [""] { return ["..", ""] }
        return names.starts(with: own) ? Array(parts.dropFirst(own.count)) : nil
    }
}
