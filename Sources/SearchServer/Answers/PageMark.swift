import Foundation
import SystemPackage
import VisualSearch

/// Where a page of a list begins: the bytes of the path before it, which need not be text.
struct PageMark: Encodable {
    /// The last of the page before.
    let path: FilePath

    init(after path: FilePath) { self.path = path }

    /// As `encode` writes it; `nil` for any other text.
    init?(_ text: String) {
        guard let data = Data(base64Encoded: text), !data.isEmpty, !data.contains(0) else { return nil }
        path = FilePath(data: data)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(path.data.base64EncodedString())
    }
}
