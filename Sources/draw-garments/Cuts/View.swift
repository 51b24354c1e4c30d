/// From which side a garment was photographed.
enum View: String, Sendable, CaseIterable {
    case front, back
}
