public import Downloads
public import SystemPackage

/// Where published files of weights are looked for under their names before their publishers are asked.
public enum ModelMirror: Sendable, Hashable, CustomStringConvertible {
    case folder(FilePath)
    case web(WebAddress)

    /// From an address of the web, or the path of a folder; throws for other addresses.
    public init(_ text: String) throws(EmbedderError) {
        if let address = WebAddress(text) {
            self = .web(address)
        } else if !text.contains("://") {
            self = .folder(FilePath(text))
        } else {
            throw .noMirror(text)
        }
    }

    /// For people.
    public var description: String {
        switch self {
        case .folder(let path): path.string
        case .web(let address): address.description
        }
    }
}
