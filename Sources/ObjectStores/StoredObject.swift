/// An object as its store lists it.
public struct StoredObject: Sendable, Hashable {
    /// Where it lies.
    public let address: ObjectAddress
    /// Which contents it has.
    public let version: ObjectVersion
}

/// What a store says of an object's contents: the same version again means the same contents.
public struct ObjectVersion: Sendable, Hashable {
    /// In bytes.
    public let size: Int
    /// When the contents were last written, in seconds since 1970; `nil` where the store does not say so.
    public let modified: Int?
    /// The entity tag, which other contents do not share; `nil` where the store gives none.
    public let tag: String?
}
