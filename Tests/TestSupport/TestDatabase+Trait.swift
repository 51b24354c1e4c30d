public import Testing

extension Trait where Self == ConditionTrait {
    /// For tests of files that lie beside a catalogue.
    public static var inFiles: ConditionTrait { .disabled(if: TestDatabase.isAskedFor, "catalogues are on a server") }
}
