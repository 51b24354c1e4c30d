/// What of a garment a part of an embedding describes.
public enum View: String, Sendable, Hashable, Codable, CaseIterable {
    /// What it looks like to the network, all in all.
    case look
    /// What its surface is like: the fabric, the knit, the shine.
    case texture
    /// What is on it and where it changes: stripes, flowers, pockets, plain cloth.
    case pattern
    /// Which `GarmentType` it is.
    case type
    /// Which colours it has, and which of them are many: not where.
    case colours
}

extension View {
    /// For people.
    public var meaning: String {
        switch self {
        case .look: "look, all in all"
        case .texture: "material"
        case .pattern: "pattern"
        case .type: "type of garment"
        case .colours: "colours"
        }
    }
}
