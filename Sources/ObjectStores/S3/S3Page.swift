import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// One of the answers in which S3 lists objects ("ListObjectsV2", Amazon S3 API Reference).
struct S3Page {
    struct Entry {
        let key: String
        let version: ObjectVersion
    }

    let entries: [Entry]
    /// What asks for the next page; `nil` behind the last.
    let next: String?

    /// `nil` where it is no such answer.
    init?(_ xml: [UInt8]) {
        let elements = XMLElements(xml, of: "Contents")
        guard let root = elements.root, root == "ListBucketResult", elements.isWhole else { return nil }
        let entries = elements.groups.map { Entry($0) }
        guard entries.allSatisfy({ $0 != nil }) else { return nil }
        self.entries = entries.compactMap(\.self)
        next = elements.others["IsTruncated"] == "true" ? elements.others["NextContinuationToken"] : nil
    }
}

extension S3Page.Entry {
    fileprivate init?(_ element: [String: String]) {
        // A space is a plus sign here, as in forms.
        guard let key = element["Key"]?.replacing("+", with: " ").removingPercentEncoding,
            let size = element["Size"].flatMap({ Int($0) })
        else { return nil }
        // Seconds, as the object's own answer has them.
        let written = element["LastModified"].flatMap { try? Date("\($0.prefix(19))Z", strategy: .iso8601) }
        let tag = element["ETag"].map { $0.hasPrefix("\"") ? $0 : "\"\($0)\"" }
        self.key = key
        version = ObjectVersion(size: size, modified: written.map { Int($0.timeIntervalSince1970) }, tag: tag)
    }
}

/// What S3 says where it refuses.
struct S3Refusal {
    let code: String
    let message: String

    /// `nil` where it is none.
    init?(_ xml: [UInt8]) {
        let elements = XMLElements(xml, of: "Error")
        guard elements.root == "Error", let code = elements.groups.first?["Code"] else { return nil }
        (self.code, message) = (code, elements.groups.first?["Message"] ?? "")
    }
}
