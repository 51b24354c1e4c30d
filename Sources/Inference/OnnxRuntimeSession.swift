import COnnxRuntime
import Networks

/// Unchecked, because the session is a pointer; ONNX Runtime promises that running it is safe from any thread.
final class OnnxRuntimeSession: InferenceSession, @unchecked Sendable {
    let batchSize: Int
    private let runtime: OnnxRuntime
    private let session: OpaquePointer
    /// Keeps the memory that the weights are lent from.
    private let model: any ExecutableModel

    init(_ model: any ExecutableModel, on runtime: OnnxRuntime, threads: Int) throws(InferenceError) {
        session = try runtime.session(of: model, threads: threads)
        batchSize = model.isBatched ? 8 : 1
        self.runtime = runtime
        self.model = model
    }

    deinit { runtime.functions.ReleaseSession(session) }

    func run(_ values: UnsafeMutableBufferPointer<Float>, shape: [Int]) throws(InferenceError) -> [Float] {
        let functions = runtime.functions
        let input = try runtime.lend(UnsafeRawBufferPointer(values), shape: shape)
        defer { functions.ReleaseValue(input) }
        let output = try withCStrings([model.inputName, model.outputName]) { (names) throws(InferenceError) in
            try runtime.make { output in
                functions.Run(session, nil, names, [input], 1, names + 1, 1, output)
            }
        }
        defer { functions.ReleaseValue(output) }
        return try runtime.floats(of: output)
    }
}

extension OnnxRuntime {
    /// A session on the processor, or on what `configure` adds to its options.
    func session(
        of model: any ExecutableModel, threads: Int,
        configure: (OpaquePointer) throws(InferenceError) -> Void = { _ in }
    ) throws(InferenceError) -> OpaquePointer {
        let options = try make(functions.CreateSessionOptions)
        defer { functions.ReleaseSessionOptions(options) }
        try check(functions.SetIntraOpNumThreads(options, CInt(threads)))
        // Waiting threads would otherwise spin and starve the decoding of photos.
        try check(functions.AddSessionConfigEntry(options, "session.intra_op.allow_spinning", "0"))
        try configure(options)

        let values: [OpaquePointer?] = try model.lentWeights.map { (tensor) throws(InferenceError) in
            try lend(tensor.bytes, shape: tensor.shape, type: tensor.type)
        }
        defer { for value in values { functions.ReleaseValue(value) } }
        try withCStrings(model.lentWeights.map(\.name)) { (names) throws(InferenceError) in
            try check(functions.AddExternalInitializers(options, names, values, values.count))
        }
        return try model.withModel(.beside) { (bytes) throws(InferenceError) in
            try make { functions.CreateSessionFromArray(environment, bytes.baseAddress, bytes.count, options, $0) }
        }
    }

    /// A tensor whose values stay where they are.
    func lend(_ bytes: UnsafeRawBufferPointer, shape: [Int], type: TensorType = .float32) throws(InferenceError)
        -> OpaquePointer
    {
        try make {
            functions.CreateTensorWithDataAsOrtValue(
                memory, UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, shape.map(Int64.init),
                shape.count, CInt(type.onnx.rawValue), $0)
        }
    }

    /// What a run gave back, in the order in which it was bound; whoever takes the values releases them.
    func boundValues(of binding: OpaquePointer) throws(InferenceError) -> [OpaquePointer] {
        let allocator = try make(functions.GetAllocatorWithDefaultOptions)
        var (values, count): (UnsafeMutablePointer<OpaquePointer?>?, Int) = (nil, 0)
        try check(functions.GetBoundOutputValues(binding, allocator, &values, &count))
        defer { _ = functions.AllocatorFree(allocator, values) }
        return UnsafeBufferPointer(start: values, count: count).compactMap(\.self)
    }

    func floats(of value: OpaquePointer) throws(InferenceError) -> [Float] {
        let shape = try make { functions.GetTensorTypeAndShape(value, $0) }
        defer { functions.ReleaseTensorTypeAndShapeInfo(shape) }
        var (count, data): (Int, UnsafeMutableRawPointer?) = (0, nil)
        try check(functions.GetTensorShapeElementCount(shape, &count))
        try check(functions.GetTensorMutableData(value, &data))
        guard let data else { throw .failed("ONNX Runtime gave back no numbers") }
        return Array(UnsafeBufferPointer(start: data.assumingMemoryBound(to: Float.self), count: count))
    }
}
