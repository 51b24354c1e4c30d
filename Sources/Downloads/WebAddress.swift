/// An address of the web: `http` or `https`, and nothing else that a library could open, files least of all.
public struct WebAddress: Sendable, Hashable, CustomStringConvertible {
    private static let separator = "://"

    /// As it is asked for, with the name and password that it may have.
    let text: String

    /// `nil` for anything else.
    public init?(_ text: String) {
        let scheme = text.prefix { $0 != ":" }
        guard ["http", "https"].contains(scheme.lowercased()),
            text.dropFirst(scheme.count).hasPrefix(Self.separator), text.utf8.allSatisfy({ 0x20 < $0 && $0 < 0x7F })
        else { return nil }
        self.text = text
    }

    /// The address of a file in the folder that this is the address of.
    public func appending(_ name: String) -> WebAddress? {
        WebAddress(text + (text.hasSuffix("/") ? "" : "/") + name)
    }

    /// For people: a name and password in it are nobody's business.
    public var description: String {
        let scheme = text.prefix { $0 != ":" } + Self.separator
        let authority = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        guard let host = authority.lastIndex(of: "@") else { return text }
        return String(scheme + text[host...].dropFirst())
    }

    /// What was asked for over an encrypted connection is not taken from another.
    func mayLead(to other: WebAddress) -> Bool { other.isEncrypted || !isEncrypted }

    var isEncrypted: Bool { text.lowercased().hasPrefix("https:") }
}
