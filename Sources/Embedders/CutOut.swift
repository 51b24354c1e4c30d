/// Whether garments are cut out of photos, and laid on white, before they are described.
public enum CutOut: String, Sendable, Hashable, Codable, CaseIterable {
    /// Photos are described as they are.
    case never
    /// Of photos whose edges show more than a plain ground.
    case auto
    /// Of all photos in which something is found.
    case always
}
