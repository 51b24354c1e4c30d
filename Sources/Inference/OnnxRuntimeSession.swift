import COnnxRuntime
import Networks

/// Unchecked, because the session is a pointer; ONNX Runtime promises that running it is safe from any thread.
final class OnnxRuntimeSession: InferenceSession, @unchecked Sendable {
    private let runtime: OnnxRuntime
    private let session: OpaquePointer
    /// Keeps the memory that the weights are lent from.
    private let graph: Graph

    init(_ graph: Graph, on runtime: OnnxRuntime, threads: Int) throws(InferenceError) {
        session = try Self.session(of: graph, on: runtime, threads: threads)
        self.runtime = runtime
        self.graph = graph
    }

    deinit { runtime.functions.ReleaseSession(session) }

    private static func session(of graph: Graph, on runtime: OnnxRuntime, threads: Int)
        throws(InferenceError) -> OpaquePointer
    {
        let functions = runtime.functions
        let options = try runtime.make(functions.CreateSessionOptions)
        defer { functions.ReleaseSessionOptions(options) }
        try runtime.check(functions.SetIntraOpNumThreads(options, CInt(threads)))
        // Waiting threads would otherwise spin and starve the decoding of photos.
        try runtime.check(functions.AddSessionConfigEntry(options, "session.intra_op.allow_spinning", "0"))

        let values: [OpaquePointer?] = try graph.weights.map { (tensor) throws(InferenceError) in
            try runtime.lend(tensor.bytes, shape: tensor.shape, type: tensor.type)
        }
        defer { for value in values { functions.ReleaseValue(value) } }
        try withCStrings(graph.weights.map(\.name)) { (names) throws(InferenceError) in
            try runtime.check(functions.AddExternalInitializers(options, names, values, values.count))
        }
        let model = graph.model(.beside)
        return try runtime.make {
            functions.CreateSessionFromArray(runtime.environment, model, model.count, options, $0)
        }
    }

    func run(_ values: UnsafeMutableBufferPointer<Float>, shape: [Int]) throws(InferenceError) -> [Float] {
        let functions = runtime.functions
        let input = try runtime.lend(UnsafeRawBufferPointer(values), shape: shape)
        defer { functions.ReleaseValue(input) }
        let output = try withCStrings([graph.inputName, graph.outputName]) { (names) throws(InferenceError) in
            try runtime.make { output in
                functions.Run(session, nil, names, [input], 1, names + 1, 1, output)
            }
        }
        defer { functions.ReleaseValue(output) }
        return try runtime.floats(of: output)
    }
}

extension OnnxRuntime {
    /// A tensor whose values stay where they are.
    fileprivate func lend(_ bytes: UnsafeRawBufferPointer, shape: [Int], type: TensorType = .float32)
        throws(InferenceError) -> OpaquePointer
    {
        try make {
            functions.CreateTensorWithDataAsOrtValue(
                memory, UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count, shape.map(Int64.init),
                shape.count, CInt(type.onnx.rawValue), $0)
        }
    }

    fileprivate func floats(of value: OpaquePointer) throws(InferenceError) -> [Float] {
        let shape = try make { functions.GetTensorTypeAndShape(value, $0) }
        defer { functions.ReleaseTensorTypeAndShapeInfo(shape) }
        var (count, data): (Int, UnsafeMutableRawPointer?) = (0, nil)
        try check(functions.GetTensorShapeElementCount(shape, &count))
        try check(functions.GetTensorMutableData(value, &data))
        guard let data else { throw .failed("ONNX Runtime gave back no numbers") }
        return Array(UnsafeBufferPointer(start: data.assumingMemoryBound(to: Float.self), count: count))
    }
}
