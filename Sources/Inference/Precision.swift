/// The numbers that a network is computed in.
public enum Precision: String, Sendable, Hashable, CaseIterable {
    /// The fastest that this processor has instructions for.
    case auto
    case float32
    /// Eight bits of each number's mantissa are kept; about twice as fast where the processor has it.
    case bfloat16
    /// Eight bits in all: a model that was quantized on its user's photos. Never taken by itself.
    case int8
}
