import COpenVINO

extension Precision {
    /// Whether int8 can be computed here: only with instructions that sum products of bytes exactly.
    public static var hasInt8: Bool { OvHasByteProducts() }

    func checkProcessor() throws(InferenceError) {
        guard self != .int8 || Self.hasInt8 else {
            throw .precisionUnavailable(
                .int8, reason: "this processor has no instructions for it (VNNI). Use --precision float32")
        }
    }
}
