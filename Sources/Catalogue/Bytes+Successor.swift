extension [UInt8] {
    /// The first of as many bytes that comes after all that begin so; longer than all digests where there is none.
    var successor: [UInt8] {
        guard let last = lastIndex(where: { $0 < .max }) else { return self + [UInt8](repeating: .max, count: 32) }
        return self[..<last] + [self[last] + 1]
    }
}
