import Foundation

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
        let isEncoded = elements.others["EncodingType"] == "url"
        let entries = elements.groups.map { Entry($0, isEncoded: isEncoded) }
        guard entries.allSatisfy({ $0 != nil }) else { return nil }
        self.entries = entries.compactMap(\.self)
        next = elements.others["IsTruncated"] == "true" ? elements.others["NextContinuationToken"] : nil
        // What follows could not be asked for, as where a store knows the first version of lists alone.
        if next == nil, elements.others["IsTruncated"] == "true" { return nil }
    }
}

extension S3Page.Entry {
    fileprivate init?(_ element: [String: String], isEncoded: Bool) {
        // A space is a plus sign there, as in forms.
        guard let name = element["Key"], let size = element["Size"].flatMap({ Int($0) }),
            let key = isEncoded ? name.replacing("+", with: " ").removingPercentEncoding : name
        else { return nil }
        // Seconds, as the object's own answer has them.
        let written = element["LastModified"].flatMap { try? Date("\($0.prefix(19))Z", strategy: .iso8601) }
        let tag = element["ETag"].map { $0.hasPrefix("\"") ? $0 : "\"\($0)\"" }
        self.key = key
        version = ObjectVersion(size: size, modified: written.map { Int($0.timeIntervalSince1970) }, tag: tag)
    }
}
