public import Embedders

/// What a person means by “looks like it”, where photos are described by several views.
public enum Match: String, Sendable, Hashable, Codable, CaseIterable {
    /// A little of everything.
    case balanced
    /// The very same garment, on another photo.
    case garment
    /// Another garment of the same pattern or material.
    case pattern
    /// Another garment of the same type.
    case type

    /// How much each view counts, as chosen on *tune-loo* and the products (`Documentation/QUALITY.md`).
    public var weights: [View: Double] {
        switch self {
        case .balanced: [.look: 1, .texture: 0.5, .type: 0.2, .colours: 0.25]
        case .garment: [.look: 1, .texture: 1, .colours: 1]
        case .pattern: [.look: 0.25, .texture: 0.25, .pattern: 1]
        case .type: [.look: 1, .type: 1.5]
        }
    }
}
