import Downloads
import SystemPackage

/// A bucket of a store that speaks S3: Amazon's, or one of the many that speak like it.
struct S3Bucket: ObjectStore {
    private static let pageLimit = 64 << 20

    private let endpoint: S3Endpoint

    init(_ name: String, settings: S3Settings) { endpoint = S3Endpoint(of: name, settings) }

    func objects(_ selection: ObjectSelection, in folder: ObjectAddress) async throws -> ObjectListing {
        var (listing, mark, isThere) = (ObjectListing(), String?.none, folder.prefix.isEmpty)
        repeat {
            let page = try await page(of: folder, after: mark)
            for entry in page.entries { listing.add(entry, in: folder, where: selection.holds) }
            isThere = isThere || !page.entries.isEmpty
            guard page.next == nil || page.next != mark else { throw Self.strangeAnswer(to: folder) }
            mark = page.next
        } while mark != nil
        // There is no folder but by what is in it.
        guard isThere else { throw ObjectStoreError(folder, .absent) }
        return listing
    }

    func retrieval(of object: ObjectAddress) throws(ObjectStoreError) -> Retrieval {
        Retrieval(try location(endpoint.address(of: object.name), of: object))
    }

    private func page(of folder: ObjectAddress, after mark: String?) async throws -> S3Page {
        var query = [("list-type", "2"), ("encoding-type", "url"), ("prefix", folder.prefix)]
        if let mark { query.append(("continuation-token", mark)) }
        let retrieval = Retrieval(try location(endpoint.address(of: nil, query), of: folder))
        let answer = try await folder.answer(to: retrieval, upTo: Self.pageLimit)
        guard let page = S3Page(answer.bytes) else { throw Self.strangeAnswer(to: folder) }
        return page
    }

    private static func strangeAnswer(to folder: ObjectAddress) -> ObjectStoreError {
        ObjectStoreError(folder, .unlistable("its server does not answer as S3 does"))
    }

    private func location(_ address: SignedAddress, of object: ObjectAddress) throws(ObjectStoreError) -> WebAddress {
        guard let location = WebAddress(endpoint.signed(address)) else {
            throw ObjectStoreError(object, .endpoint(address.origin))
        }
        return location
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
