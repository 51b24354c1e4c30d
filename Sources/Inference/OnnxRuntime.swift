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

    /// The card that its sessions may compute on, where it was opened for one.
    let device: CudaDevice?

    /// By the library’s own word, as in `1.22.0`.
    public var version: String { String(cString: functions.version) }

    /// Opens the first library that exists in any of the places named.
    public convenience init(searching places: [FilePath]) throws(InferenceError) {
        try self.init(searching: places, device: nil)
    }

    init(searching places: [FilePath], device: CudaDevice?) throws(InferenceError) {
        guard let path = places.first(where: \.isReadable) else { throw .libraryMissing(Self.name, searched: places) }
        var functions = OrtFunctions()
        var why = [CChar](repeating: 0, count: 500)
        guard OrtOpenLibrary(path.string, &functions, &why, why.count) else {
            throw .libraryUnusable(
                Self.name, path, reason: why.withUnsafeBufferPointer { String(cString: $0.baseAddress!) })
        }
        var (environment, memory): (OpaquePointer?, OpaquePointer?) = (nil, nil)
        // What a card refuses is told once, in the sentence that is thrown.
        let level = device == nil ? ORT_LOG_ERROR : ORT_LOG_FATAL
        guard functions.CreateEnv(CInt(level), "lookalike", &environment) == nil,
            functions.CreateCpuMemoryInfo(CInt(ORT_ARENA_ALLOCATOR), CInt(ORT_DEFAULT_MEMORY), &memory) == nil,
            let environment, let memory
        else { throw .libraryUnusable(Self.name, path, reason: "it does not start") }
        (self.path, self.device) = (path, device)
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

    /// Float32 only, which `auto` is too; on a card only where it was opened for one.
    public func check(_ settings: SessionSettings) throws(InferenceError) {
        guard settings.precision.isExact else {
            let advice = settings.device == .cuda ? "Leave it out" : "Use --engine openvino"
            throw .precisionUnavailable(settings.precision, reason: "ONNX Runtime computes in float32. \(advice)")
        }
        if settings.device == .cuda { try checkDevice() }
    }

    /// Lends the weights to the session, which keeps their file mapped.
    public func session(of model: any ExecutableModel, settings: SessionSettings) throws(InferenceError)
        -> any InferenceSession
    {
        try check(settings)
        if settings.device == .cuda, let device {
            return try CudaSession(model, on: self, device: device, configure: appendCuda)
        }
        return try OnnxRuntimeSession(model, on: self, threads: settings.threads)
    }
}
