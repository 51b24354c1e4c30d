public import Evaluation

/// What a model costs on this machine and how good it is, measured on some photos.
public struct ModelFigures: Sendable, Hashable, Codable {
    /// As it was chosen.
    public let model: String
    /// The library that computed it for many photos; `nil` for a model that needs none.
    public let engine: String?
    /// The numbers of one embedding.
    public let dimension: Int
    /// Photos that were described.
    public let photoCount: Int
    /// Elapsed seconds from nothing to the description of a first photo.
    public let startUp: Double
    /// Milliseconds of processor time that the model alone takes for a photo which is decoded already.
    public let modelTime: Double
    /// Photos a second that the model alone describes on all processors.
    public let modelRate: Double
    /// Photos a second that are read, decoded and described on all processors.
    public let rate: Double
    /// The most memory that the process had, in bytes.
    public let peakMemory: Int
    /// `nil` without labels.
    public let quality: RetrievalQuality?
}
