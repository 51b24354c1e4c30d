import Downloads
public import SystemPackage

/// What keeps objects, lists them, and gives them to whoever may have them.
protocol ObjectStore: Sendable {
    /// What is wanted of a folder, and of those in it. Throws an `ObjectStoreError`, or a `CancellationError`.
    func objects(_ selection: ObjectSelection, in folder: ObjectAddress) async throws -> ObjectListing

    /// What asks for an object.
    func retrieval(of object: ObjectAddress) throws(ObjectStoreError) -> Retrieval
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
    /// What is wanted of this folder, and of those in it.
    ///
    /// Throws an `ObjectStoreError` where nothing of it can be listed, or a `CancellationError`.
    public func objects(_ selection: ObjectSelection) async throws -> ObjectListing {
        try await store.objects(selection, in: self)
    }

    var store: any ObjectStore {
        get throws(ObjectStoreError) {
            guard scheme == "s3" else { return WebFolder() }
            do { return S3Bucket(owner, settings: try S3Settings()) } catch {
                throw ObjectStoreError(self, .profile(error.name))
            }
        }
    }
}
