import Downloads
import Foundation
import SystemPackage

/// A bucket of a store that speaks S3: Amazon's, or one of the many that speak like it.
struct S3Bucket: ObjectStore {
    private static let pageLimit = 64 << 20

    private let name: String
    private let settings: S3Settings
    private let isWanted: @Sendable (ObjectAddress) -> Bool

    init(_ name: String, settings: S3Settings, isWanted: @escaping @Sendable (ObjectAddress) -> Bool = { _ in true }) {
        (self.name, self.settings, self.isWanted) = (name, settings, isWanted)
    }

    func objects(in folder: ObjectAddress) async throws -> ObjectListing {
        var (listing, mark) = (ObjectListing(), String?.none)
        repeat {
            let page = try await page(of: folder, after: mark)
            for entry in page.entries { listing.add(entry, in: folder, where: isWanted) }
            mark = page.next
        } while mark != nil
        return listing
    }

    func location(of object: ObjectAddress) throws(ObjectStoreError) -> WebAddress {
        try address(of: object)
    }

    private func page(of folder: ObjectAddress, after mark: String?) async throws -> S3Page {
        var query = [("list-type", "2"), ("encoding-type", "url"), ("prefix", folder.prefix)]
        if let mark { query.append(("continuation-token", mark)) }
        let answer = try await folder.answer(to: Retrieval(address(of: folder, query)), upTo: Self.pageLimit)
        guard let page = S3Page(answer.bytes) else {
            throw ObjectStoreError(folder, .lists(nothing: "its server does not answer as S3 does"))
        }
        return page
    }

    /// By Amazon's custom, a bucket has a host of its own there, unless its name would not fit the certificate.
    private func address(of object: ObjectAddress, _ query: [(String, String)]? = nil) throws(ObjectStoreError)
        -> WebAddress
    {
        let key = (query == nil ? object.name : "").percentEncoded(keeping: PercentEncoding.ofSignedPaths)
        let hasHost = settings.endpoint == nil && !name.contains(".")
        let endpoint = settings.endpoint ?? "https://\(hasHost ? name + "." : "")s3.\(settings.region).amazonaws.com"
        let base = endpoint.hasSuffix("/") ? String(endpoint.dropLast()) : endpoint
        let (origin, start) = base.split(afterAuthority: ())
        let path = start + (hasHost ? "" : "/" + name.percentEncoded(keeping: PercentEncoding.ofSigned)) + "/" + key
        let signed = SignedAddress(origin: origin, path: path, query: query ?? [])
        guard let address = WebAddress(signed.text(signedFor: settings.region, by: settings.keys)) else {
            throw ObjectStoreError(object, .endpoint(endpoint))
        }
        return address
    }
}

extension String {
    /// `https://host:1/a` as `https://host:1` and `/a`.
    fileprivate func split(afterAuthority: Void) -> (origin: String, path: String) {
        guard let scheme = range(of: "://") else { return (self, "") }
        let end = self[scheme.upperBound...].firstIndex(of: "/") ?? endIndex
        return (String(self[..<end]), String(self[end...]))
    }
}

extension ObjectListing {
    fileprivate mutating func add(
        _ entry: S3Page.Entry, in folder: ObjectAddress, where isWanted: (ObjectAddress) -> Bool
    ) {
        // A key that ends so stands for a folder, in which it lists nothing itself.
        guard !entry.key.hasSuffix("/") else { return }
        guard let address = folder.object(named: entry.key) else {
            return unnameable.append(FilePath("s3:/\(folder.owner)/\(entry.key)"))
        }
        if isWanted(address) { objects.append(StoredObject(address: address, version: entry.version)) }
    }
}
