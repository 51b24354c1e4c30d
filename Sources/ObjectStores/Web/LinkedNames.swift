/// What a page of links leads to in the page's own folder, percent-encoded as links are.
struct LinkedNames {
    private(set) var folders: Set<String> = []
    private(set) var objects: Set<String> = []

    /// Links to elsewhere, such as to the folder around it, are left out, and so are those with a query.
    init(in page: String, of folder: ObjectAddress) {
        let ownPath = "/" + folder.prefix
        for match in page.matches(of: /(?i)\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/) {
            guard let link = match.1 ?? match.2 ?? match.3 else { continue }
            add(String(link).replacing("&amp;", with: "&"), below: ownPath, of: folder)
        }
    }

    private mutating func add(_ link: String, below ownPath: String, of folder: ObjectAddress) {
        var name = Substring(link)
        for start in ["\(folder.scheme)://\(folder.owner)", ownPath, "./"] where name.hasPrefix(start) {
            name = name.dropFirst(start.count)
        }
        guard !name.isEmpty, !name.contains(where: { "?#:".contains($0) }), !name.hasPrefix("/") else { return }
        let encoded = String(name).percentEncoded(keeping: PercentEncoding.ofWebAddresses)
        let isFolder = encoded.hasSuffix("/")
        let parts = encoded.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == (isFolder ? 2 : 1), parts[0] != ".", parts[0] != ".." else { return }
        if isFolder { folders.insert(String(parts[0])) } else { objects.insert(encoded) }
    }
}
