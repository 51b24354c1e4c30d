import Downloads
public import SystemPackage

/// What keeps objects, lists them, and gives them to whoever may have them.
protocol ObjectStore: Sendable {
    /// All objects in a folder, and in those in it. Throws an `ObjectStoreError`, or a `CancellationError`.
    func objects(in folder: ObjectAddress) async throws -> ObjectListing

    /// Where an object can be had now, by whoever asks.
    func location(of object: ObjectAddress) throws(ObjectStoreError) -> WebAddress
}

/// What was found in a folder of a store.
public struct ObjectListing: Sendable {
    /// In no order.
    public internal(set) var objects: [StoredObject] = []
    /// Objects and folders that could not be looked at, and why: nothing says what is in them.
    public internal(set) var unseen: [(address: ObjectAddress, reason: ObjectStoreError)] = []
    /// Objects with names that no path can have, as near as one comes.
    public internal(set) var unnameable: [FilePath] = []
}

extension ObjectAddress {
    /// The objects in this folder, and in those in it, for which `isWanted` says so by their names.
    ///
    /// Throws an `ObjectStoreError` where nothing of it can be listed, or a `CancellationError`.
    public func objects(where isWanted: @escaping @Sendable (ObjectAddress) -> Bool) async throws -> ObjectListing {
        try await store(isWanted).objects(in: self)
    }

    func store(_ isWanted: @escaping @Sendable (ObjectAddress) -> Bool) throws(ObjectStoreError)
        -> any ObjectStore
    {
        guard scheme == "s3" else { return WebFolder(isWanted: isWanted) }
        do { return S3Bucket(owner, settings: try S3Settings(), isWanted: isWanted) } catch {
            throw ObjectStoreError(self, .profile(error.name))
        }
    }
}
