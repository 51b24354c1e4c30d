import Downloads

/// A folder of a web server that lists what is in it on a page of links, as nginx, Apache and others do.
struct WebFolder: ObjectStore {
    private static let pageLimit = 64 << 20
    /// Links may lead round in circles.
    private static let (folderLimit, depthLimit) = (100_000, 64)

    func objects(_ selection: ObjectSelection, in folder: ObjectAddress) async throws -> ObjectListing {
        var (listing, rest, objects, count) = (ObjectListing(), [folder], [ObjectAddress](), 0)
        while let next = rest.popLast() {
            do {
                count += 1
                guard count <= Self.folderLimit, next.depth <= folder.depth + Self.depthLimit else {
                    throw ObjectStoreError(next, .unlistable("its folders have no end"))
                }
                let links = try await links(in: next)
                objects += links.objects.filter(selection.holds)
                rest += links.folders.filter(selection.enters)
            } catch let error as ObjectStoreError where next != folder {
                listing.unseen.append((next, error))
            }
        }
        try await listing.look(at: objects, in: self)
        return listing
    }

    func retrieval(of object: ObjectAddress) throws(ObjectStoreError) -> Retrieval {
        try retrieval(object.description, .all, of: object)
    }

    fileprivate func version(of object: ObjectAddress) async throws -> ObjectVersion {
        ObjectVersion(try await object.answer(to: retrieval(object.description, .head, of: object), upTo: 0))
    }

    private func links(in folder: ObjectAddress) async throws -> (folders: [ObjectAddress], objects: [ObjectAddress]) {
        let page = try await folder.page(from: retrieval(folder.description + "/", .all, of: folder), Self.pageLimit)
        let links = LinkedNames(in: String(decoding: page, as: UTF8.self), of: folder)
        guard links.areOfAListing else { throw ObjectStoreError(folder, .unlistable("its page lists no files")) }
        return (
            links.folders.compactMap { folder.object(named: folder.prefix + $0) },
            links.objects.compactMap { folder.object(named: folder.prefix + $0) }
        )
    }

    private func retrieval(_ text: String, _ extent: Retrieval.Extent, of object: ObjectAddress)
        throws(ObjectStoreError) -> Retrieval
    {
        guard let address = WebAddress(text) else {
            throw ObjectStoreError(object, .unreachable("no web server has such an address"))
        }
        return Retrieval(address, extent, isOpenToNamedUsers: true)
    }
}

extension ObjectListing {
    private static let requestsAtOnce = 16
    private typealias Look = (address: ObjectAddress, result: Result<ObjectVersion, ObjectStoreError>)

    /// Asks for the version of each. Throws where the server is gone.
    fileprivate mutating func look(at addresses: [ObjectAddress], in store: WebFolder) async throws {
        for start in stride(from: 0, to: addresses.count, by: Self.requestsAtOnce) {
            let looks = try await Self.looks(at: addresses[start...].prefix(Self.requestsAtOnce), in: store)
            for (address, result) in looks {
                switch result {
                case .success(let version): objects.append(StoredObject(address: address, version: version))
                case .failure(let error): unseen.append((address, error))
                }
            }
            let failures = looks.compactMap(\.result.unreachable)
            if let failure = failures.first, failures.count == looks.count { throw failure }
        }
    }

    private static func looks(at addresses: ArraySlice<ObjectAddress>, in store: WebFolder) async throws -> [Look] {
        try await withThrowingTaskGroup(of: Look.self) { group in
            for address in addresses {
                group.addTask {
                    do { return (address, .success(try await store.version(of: address))) } catch {
                        guard let error = error as? ObjectStoreError else { throw error }
                        return (address, .failure(error))
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}

extension Result<ObjectVersion, ObjectStoreError> {
    /// The error of a server that does not answer.
    fileprivate var unreachable: ObjectStoreError? {
        if case .failure(let error) = self, case .unreachable = error.kind { error } else { nil }
    }
}

extension ObjectAddress {
    fileprivate var depth: Int { name.split(separator: "/").count }
}
