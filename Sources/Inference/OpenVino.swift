import COpenVINO
public import Networks
public import SystemPackage

/// OpenVINO's library, opened while the program runs and kept until it ends.
///
/// Unchecked, because the functions and the core are pointers; both may be used from any thread (ov_core.h).
public final class OpenVino: InferenceEngine, @unchecked Sendable {
    let functions: OvFunctions
    private let core: OpaquePointer
    /// What messages and tables call it.
    public static let name = EngineName.openvino
    /// The first of the searched places that held a library.
    public let path: FilePath

    /// Opens the first library that exists in any of the places named.
    public init(searching places: [FilePath]) throws(InferenceError) {
        guard let path = places.first(where: \.isReadable) else { throw .libraryMissing(Self.name, searched: places) }
        var functions = OvFunctions()
        var why = [CChar](repeating: 0, count: 500)
        guard OvOpenLibrary(path.string, &functions, &why, why.count) else {
            throw .libraryUnusable(
                Self.name, path, reason: why.withUnsafeBufferPointer { String(cString: $0.baseAddress!) })
        }
        var core: OpaquePointer?
        guard functions.ov_core_create(&core) == 0, let core else {
            throw .libraryUnusable(Self.name, path, reason: "it does not start")
        }
        (self.path, self.functions, self.core) = (path, functions, core)
    }

    deinit { functions.ov_core_free(core) }

    /// By the library’s own word, as in `2026.4.1-22210-…`.
    public var version: String {
        var version = ov_version_t()
        guard functions.ov_get_openvino_version(&version) == 0 else { return "unknown" }
        defer { functions.ov_version_free(&version) }
        return String(cString: version.buildNumber)
    }

    /// Whether bfloat16 can be computed here.
    public static var hasBfloat16: Bool { OvHasBfloat16() }

    /// Whether `Precision.auto` is bfloat16 here: where it is the faster one.
    public static var isFasterInBfloat16: Bool { OvIsFasterInBfloat16() }

    /// Processors only; short numbers only where they have instructions for them, since OpenVINO would imitate bfloat16
    /// slowly.
    public func check(_ settings: SessionSettings) throws(InferenceError) {
        guard settings.device != .cuda else {
            throw .deviceUnavailable(.cuda, reason: "OpenVINO has no CUDA. Use --engine onnxruntime")
        }
        guard settings.precision != .bfloat16 || Self.hasBfloat16 else {
            throw .precisionUnavailable(
                .bfloat16, reason: "this processor has no instructions for it. Use --precision float32")
        }
        try settings.precision.checkProcessor()
    }

    /// Copies the weights, in the precision that they are computed in.
    public func session(of model: any ExecutableModel, settings: SessionSettings) throws(InferenceError)
        -> any InferenceSession
    {
        try check(settings)
        return try OpenVinoSession(compile(model, settings), of: model, on: self)
    }

    /// For one photo at a time, which costs no more than a batch and needs no second copy for another size.
    private func compile(_ model: any ExecutableModel, _ settings: SessionSettings) throws(InferenceError)
        -> OpaquePointer
    {
        let shape = model.inputShape.map { $0 ?? 1 }
        let model = try read(model)
        defer { functions.ov_model_free(model) }
        try reshape(model, to: shape)
        return try withProperties(Self.properties(for: settings)) { (properties) throws(InferenceError) in
            try make {
                functions.ov_core_compile_model_props(
                    core, model, "CPU", properties.count, properties.baseAddress, $0)
            }
        }
    }

    private func read(_ model: any ExecutableModel) throws(InferenceError) -> OpaquePointer {
        try model.withModel(.contained) { (bytes) throws(InferenceError) in
            try make {
                functions.ov_core_read_model_from_memory_buffer(
                    core, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, nil, $0)
            }
        }
    }

    private func reshape(_ model: OpaquePointer, to shape: [Int]) throws(InferenceError) {
        var lengths = shape.map { ov_dimension_t(min: Int64($0), max: Int64($0)) }
        let rank = ov_dimension_t(min: Int64(shape.count), max: Int64(shape.count))
        let status = lengths.withUnsafeMutableBufferPointer {
            functions.ov_model_reshape_single_input(model, ov_partial_shape_t(rank: rank, dims: $0.baseAddress))
        }
        try check(status)
    }

    private static func properties(for settings: SessionSettings) -> [(key: String, value: String)] {
        let isShort = settings.precision == .bfloat16 || settings.precision == .auto && isFasterInBfloat16
        return [
            // Unless told, OpenVINO takes the shortest numbers that the processor has.
            ("INFERENCE_PRECISION_HINT", isShort ? "bf16" : "f32"),
            ("NUM_STREAMS", "\(settings.concurrentRuns)"),
            ("INFERENCE_NUM_THREADS", "\(settings.concurrentRuns * settings.threads)"),
            // Decoding needs the same processors.
            ("ENABLE_CPU_PINNING", "NO"),
        ]
    }

    func check(_ status: CInt) throws(InferenceError) {
        guard status != 0 else { return }
        throw .failed(functions.ov_get_last_err_msg().map { String(cString: $0) } ?? "OpenVINO says \(status)")
    }

    /// Calls a function that makes something, and returns what it made.
    func make(_ function: (UnsafeMutablePointer<OpaquePointer?>) -> CInt) throws(InferenceError) -> OpaquePointer {
        var made: OpaquePointer?
        try check(function(&made))
        guard let made else { throw .failed("OpenVINO made nothing, and gave no reason") }
        return made
    }
}

/// Hands properties over as C wants them, valid within `body`.
private func withProperties<T>(
    _ properties: [(key: String, value: String)],
    _ body: (UnsafeBufferPointer<ov_property_t>) throws(InferenceError) -> T
) throws(InferenceError) -> T {
    try withCStrings(properties.flatMap { [$0.key, $0.value] }) { (texts) throws(InferenceError) in
        let pairs = properties.indices.map { ov_property_t(key: texts[2 * $0], value: texts[2 * $0 + 1]) }
        return try pairs.withUnsafeBufferPointer(body)
    }
}
