import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// The texts of a document's innermost elements by their names, apart for each element of one kind.
final class XMLElements: NSObject, XMLParserDelegate {
    private(set) var root: String?
    /// Of what is in each element of that kind.
    private(set) var groups: [[String: String]] = []
    /// Of what is in none.
    private(set) var others: [String: String] = [:]
    /// Whether the document is sound to its end.
    private(set) var isWhole = false
    private let kind: String
    private var depth = 0
    private var group: [String: String]?
    private var text = ""

    init(_ bytes: [UInt8], of kind: String) {
        self.kind = kind
        super.init()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = self
        // The parser takes a document that breaks off for a whole one.
        isWhole = parser.parse() && root != nil && depth == 0
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        root = root ?? name
        depth += 1
        text = ""
        if name == kind { group = [:] }
    }

    func parser(_ parser: XMLParser, foundCharacters characters: String) { text += characters }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        depth -= 1
        if name == kind {
            groups.append(group ?? [:])
            group = nil
        } else if group != nil {
            group?[name] = text
        } else {
            others[name] = text
        }
    }
}
