/// Where a network is computed.
public enum Device: String, Sendable, Hashable, CaseIterable {
    /// The fastest that this machine offers.
    case auto
    case cpu
    case cuda
}
