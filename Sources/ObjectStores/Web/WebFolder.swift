import Downloads

/// A folder of a web server that lists what is in it on a page of links, as nginx, Apache and others do.
struct WebFolder: ObjectStore {
    private static let pageLimit = 64 << 20
    private static let depthLimit = 64
    private static let requestsAtOnce = 16

    let isWanted: @Sendable (ObjectAddress) -> Bool

    func objects(in folder: ObjectAddress) async throws -> ObjectListing {
        var listing = ObjectListing()
        var (rest, photos) = ([folder], [ObjectAddress]())
        while let next = rest.popLast() {
            do {
                let entries = try await entries(of: next)
                photos += entries.objects.filter(isWanted)
                rest += entries.folders.filter { $0.depth < folder.depth + Self.depthLimit }
            } catch let error as ObjectStoreError where next != folder {
                listing.unseen.append((next, error))
            }
        }
        for batch in stride(from: 0, to: photos.count, by: Self.requestsAtOnce) {
            try await listing.look(at: photos[batch...].prefix(Self.requestsAtOnce), in: self)
        }
        return listing
    }

    func location(of object: ObjectAddress) throws(ObjectStoreError) -> WebAddress {
        try address(object.description, of: object)
    }

    fileprivate func version(of object: ObjectAddress) async throws -> ObjectVersion {
        let answer = try await object.answer(to: Retrieval(location(of: object), .head), upTo: 0)
        return ObjectVersion(answer, size: answer.length ?? 0)
    }

    private func entries(of folder: ObjectAddress) async throws -> (folders: [ObjectAddress], objects: [ObjectAddress])
    {
        let page = Retrieval(try address(folder.description + "/", of: folder))
        let answer = try await folder.answer(to: page, upTo: Self.pageLimit)
        let links = LinkedNames(in: String(decoding: answer.bytes, as: UTF8.self), of: folder)
        return (
            links.folders.compactMap { folder.object(named: folder.prefix + $0) },
            links.objects.compactMap { folder.object(named: folder.prefix + $0) }
        )
    }

    private func address(_ text: String, of object: ObjectAddress) throws(ObjectStoreError) -> WebAddress {
        guard let address = WebAddress(text) else {
            throw ObjectStoreError(object, .unreachable("no web server has such an address"))
        }
        return address
    }
}

extension ObjectListing {
    fileprivate mutating func look(at addresses: ArraySlice<ObjectAddress>, in store: WebFolder) async throws {
        typealias Look = (address: ObjectAddress, result: Result<ObjectVersion, ObjectStoreError>)
        let looks = try await withThrowingTaskGroup(of: Look.self) { group in
            for address in addresses {
                group.addTask {
                    do { return (address, .success(try await store.version(of: address))) } catch let error
                        as ObjectStoreError
                    { return (address, .failure(error)) }
                }
            }
            return try await group.reduce(into: [Look]()) { $0.append($1) }
        }
        for (address, result) in looks {
            switch result {
            case .success(let version): objects.append(StoredObject(address: address, version: version))
            case .failure(let error): unseen.append((address, error))
            }
        }
    }
}

extension ObjectAddress {
    fileprivate var depth: Int { name.split(separator: "/").count }
}
