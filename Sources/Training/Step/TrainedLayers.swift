import Networks

/// Which of a network's weights training changes, and what its normalizations take for what they normalize by.
public struct TrainedLayers: Sendable {
    /// Whether a weight of that name is changed.
    let includes: @Sendable (String) -> Bool
    /// Whether batch normalizations whose gain is changed normalize by the batch, and gather what it is like for later
    /// (Ioffe & Szegedy 2015); all others, by what was gathered before.
    let normalizesByBatch: Bool

    /// All that a network has, as it is trained from nothing.
    public static let all = TrainedLayers(normalizesByBatch: true) { _ in true }

    /// Those that `includes` names.
    public init(normalizesByBatch: Bool, includes: @escaping @Sendable (String) -> Bool) {
        (self.normalizesByBatch, self.includes) = (normalizesByBatch, includes)
    }
}
