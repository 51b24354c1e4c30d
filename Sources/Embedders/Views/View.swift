/// What of a garment a part of an embedding describes.
public enum View: String, Sendable, Hashable, Codable, CaseIterable {
    /// What it looks like to the network, all in all.
    case look
    /// Its pattern and its material.
    case texture
    /// Which `GarmentType` it is.
    case type
    /// Which colours it has, and which of them are many: not where.
    case colours
}
