import COnnxRuntime
import Networks
import Synchronization

/// A network on an NVIDIA card, which computes one run at a time; what comes before and after a run needs no turn.
///
/// Unchecked, because the session is a pointer; ONNX Runtime promises that running it is safe from any thread.
final class CudaSession: InferenceSession, @unchecked Sendable {
    let batchSize: Int
    let isOnDevice = true
    private let runtime: OnnxRuntime
    private let session: OpaquePointer
    /// Keeps the memory that the weights are lent from.
    private let model: any ExecutableModel
    /// `nil` where ONNX Runtime lends none: any memory will do.
    private let pinnedMemory: PinnedMemory?
    private let turn = Mutex(())

    /// `configure` makes a session's options those of the card.
    init(
        _ model: any ExecutableModel, on runtime: OnnxRuntime, device: CudaDevice,
        configure: (OpaquePointer) throws(InferenceError) -> Void
    ) throws(InferenceError) {
        session = try runtime.session(of: model, threads: 1, configure: configure)
        pinnedMemory = try? PinnedMemory(for: session, runtime)
        (self.runtime, self.model) = (runtime, model)
        batchSize = model.isBatched ? CudaBatch.size(memory: device.memory) : 1
    }

    deinit {
        pinnedMemory?.free()
        runtime.functions.ReleaseSession(session)
    }

    func withMemory<T>(for count: Int, _ body: (UnsafeMutableBufferPointer<Float>) throws(InferenceError) -> T)
        throws(InferenceError) -> T
    {
        guard let start = pinnedMemory?.allocate(count) else { return try withPlainMemory(for: count, body) }
        defer { pinnedMemory?.deallocate(start) }
        return try body(UnsafeMutableBufferPointer(start: start, count: count))
    }

    func run(_ values: UnsafeMutableBufferPointer<Float>, shape: [Int]) throws(InferenceError) -> [Float] {
        guard let photos = shape.first, photos > 0, model.isBatched else { return try runAtOnce(values, shape: shape) }
        let length = values.count / photos
        var (outputs, start) = ([Float](), 0)
        for count in CudaBatch.runs(of: photos, upTo: batchSize) {
            let part = UnsafeMutableBufferPointer(rebasing: values[start..<start + count * length])
            outputs += try runAtOnce(part, shape: [count] + shape.dropFirst())
            start += count * length
        }
        return outputs
    }

    /// Binding the input copies it to the card, while that may still be computing another run.
    private func runAtOnce(_ values: UnsafeMutableBufferPointer<Float>, shape: [Int]) throws(InferenceError) -> [Float]
    {
        let functions = runtime.functions
        let binding = try runtime.make { functions.CreateIoBinding(session, $0) }
        defer { functions.ReleaseIoBinding(binding) }
        let input = try runtime.lend(UnsafeRawBufferPointer(values), shape: shape)
        defer { functions.ReleaseValue(input) }
        try runtime.check(functions.BindInput(binding, model.inputName, input))
        // An embedding is a few kilobytes, and is wanted in the processor's memory.
        try runtime.check(functions.BindOutputToDevice(binding, model.outputName, runtime.memory))
        try turn.withLock { (_) throws(InferenceError) in
            try runtime.check(functions.RunWithBinding(session, nil, binding))
        }
        let outputs = try runtime.boundValues(of: binding)
        defer { for output in outputs { functions.ReleaseValue(output) } }
        guard let output = outputs.first else { throw .failed("ONNX Runtime gave back no numbers") }
        return try runtime.floats(of: output)
    }
}

/// Memory of the processor that the card reads without a copy in between, since the system may not move it.
///
/// Unchecked, because the allocator is a pointer, which may be used from any thread (ONNX Runtime’s arenas lock).
struct PinnedMemory: @unchecked Sendable {
    private let functions: OrtFunctions
    private let place: OpaquePointer
    private let allocator: OpaquePointer

    /// `kind` is ONNX Runtime's name of the memory. Throws where the session knows none such.
    init(for session: OpaquePointer, _ runtime: OnnxRuntime, kind: String = "CudaPinned") throws(InferenceError) {
        let functions = runtime.functions
        let place = try runtime.make {
            functions.CreateMemoryInfo(kind, CInt(ORT_ARENA_ALLOCATOR), 0, CInt(ORT_MEMORY_FOR_DEVICES), $0)
        }
        do throws(InferenceError) {
            allocator = try runtime.make { functions.CreateAllocator(session, place, $0) }
        } catch {
            functions.ReleaseMemoryInfo(place)
            throw error
        }
        (self.functions, self.place) = (functions, place)
    }

    func free() {
        functions.ReleaseAllocator(allocator)
        functions.ReleaseMemoryInfo(place)
    }

    /// `nil` where there is no more of it.
    func allocate(_ count: Int) -> UnsafeMutablePointer<Float>? {
        var start: UnsafeMutableRawPointer?
        if let status = functions.AllocatorAlloc(allocator, count * MemoryLayout<Float>.stride, &start) {
            functions.ReleaseStatus(status)
        }
        return start?.bindMemory(to: Float.self, capacity: count)
    }

    func deallocate(_ start: UnsafeMutablePointer<Float>) {
        if let status = functions.AllocatorFree(allocator, start) { functions.ReleaseStatus(status) }
    }
}
