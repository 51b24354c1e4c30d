/// Which objects of a folder are wanted, by their addresses.
public struct ObjectSelection: Sendable {
    let holds: @Sendable (ObjectAddress) -> Bool
    let enters: @Sendable (ObjectAddress) -> Bool

    /// Those for which `holds` says so, in folders into which `enters` lets.
    public init(
        holding holds: @escaping @Sendable (ObjectAddress) -> Bool,
        entering enters: @escaping @Sendable (ObjectAddress) -> Bool
    ) {
        (self.holds, self.enters) = (holds, enters)
    }

    static let all = ObjectSelection(holding: { _ in true }, entering: { _ in true })
}
