/// Of how much that is embedded in a space a catalogue keeps what type it is.
public enum TypeCoverage: Sendable, Hashable {
    /// Of all: searches can select by it.
    case complete
    /// Not of all, since some embeddings came without.
    case incomplete
    /// Of none: such a catalogue keeps no types.
    case none
}
