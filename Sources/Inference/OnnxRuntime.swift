import COnnxRuntime
public import Networks
public import SystemPackage

/// ONNX Runtime's library, opened while the program runs and kept until it ends.
///
/// Unchecked, because the functions and the environment are pointers; both may be used from any thread
/// (onnxruntime_c_api.h).
public final class OnnxRuntime: InferenceEngine, @unchecked Sendable {
    let functions: OrtFunctions
    let environment: OpaquePointer
    /// Says that tensors lie in ordinary memory.
    let memory: OpaquePointer
    /// What messages and tables call it.
    public static let name = EngineName.onnxruntime
    /// The first of the searched places that held a library.
    public let path: FilePath

    /// By the library’s own word, as in `1.22.0`.
    public var version: String { String(cString: functions.version) }

    /// Opens the first library that exists in any of the places named.
    public init(searching places: [FilePath]) throws(InferenceError) {
        guard let path = places.first(where: \.isReadable) else { throw .libraryMissing(Self.name, searched: places) }
        var functions = OrtFunctions()
        var why = [CChar](repeating: 0, count: 500)
        guard OrtOpenLibrary(path.string, &functions, &why, why.count) else {
            throw .libraryUnusable(
                Self.name, path, reason: why.withUnsafeBufferPointer { String(cString: $0.baseAddress!) })
        }
        var (environment, memory): (OpaquePointer?, OpaquePointer?) = (nil, nil)
        guard functions.CreateEnv(CInt(ORT_LOG_ERROR), "lookalike", &environment) == nil,
            functions.CreateCpuMemoryInfo(CInt(ORT_ARENA_ALLOCATOR), CInt(ORT_DEFAULT_MEMORY), &memory) == nil,
            let environment, let memory
        else { throw .libraryUnusable(Self.name, path, reason: "it does not start") }
        self.path = path
        self.functions = functions
        self.environment = environment
        self.memory = memory
    }

    deinit {
        functions.ReleaseMemoryInfo(memory)
        functions.ReleaseEnv(environment)
    }

    func check(_ status: OpaquePointer?) throws(InferenceError) {
        guard let status else { return }
        defer { functions.ReleaseStatus(status) }
        throw .failed(functions.GetErrorMessage(status).map { String(cString: $0) } ?? "no reason given")
    }

    /// Calls a function that makes something, and returns what it made.
    func make(_ function: (UnsafeMutablePointer<OpaquePointer?>) -> OpaquePointer?) throws(InferenceError)
        -> OpaquePointer
    {
        var made: OpaquePointer?
        try check(function(&made))
        guard let made else { throw .failed("ONNX Runtime made nothing, and gave no reason") }
        return made
    }

    /// What this build of the library can compute on, by ONNX Runtime's names.
    var providers: [String] {
        var (names, count): (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, CInt) = (nil, 0)
        guard functions.GetAvailableProviders(&names, &count) == nil, let names else { return [] }
        defer { _ = functions.ReleaseAvailableProviders(names, count) }
        return (0..<Int(count)).compactMap { names[$0].map { String(cString: $0) } }
    }

    /// Float32 and int8 on processors; `auto` is float32.
    public func check(_ settings: SessionSettings) throws(InferenceError) {
        try check(settings.device)
        guard settings.precision != .bfloat16 else {
            throw .precisionUnavailable(
                .bfloat16, reason: "ONNX Runtime computes in float32 on processors. Use --engine openvino")
        }
        try settings.precision.checkProcessor()
    }

    private func check(_ device: Device) throws(InferenceError) {
        guard device == .cuda else { return }
        guard providers.contains("CUDAExecutionProvider") else {
            throw .deviceUnavailable(
                .cuda, reason: "this machine’s ONNX Runtime has no CUDA. Use --device cpu, or leave it out")
        }
        throw .deviceUnavailable(
            .cuda, reason: "Lookalike does not compute on a GPU yet. Use --device cpu, or leave it out")
    }

    /// Lends the weights to the session, which keeps the graph's file mapped.
    public func session(of graph: Graph, settings: SessionSettings) throws(InferenceError) -> any InferenceSession {
        try check(settings)
        return try OnnxRuntimeSession(graph, on: self, threads: settings.threads)
    }
}
