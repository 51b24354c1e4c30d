import COpenVINO
import Networks
import Synchronization

/// Unchecked, because the compiled model is a pointer, which may be used from any thread (ov_compiled_model.h).
final class OpenVinoSession: InferenceSession, @unchecked Sendable {
    /// More are computed one after the other.
    let batchSize = 1
    private let engine: OpenVino
    private let compiled: OpaquePointer
    private let requests = Mutex<[Request]>([])
    private let isBatched: Bool
    private let outputName: String

    /// Takes over what the model was compiled to, for batches of one.
    init(_ compiled: OpaquePointer, of model: any ExecutableModel, on engine: OpenVino) {
        (self.compiled, self.engine) = (compiled, engine)
        (isBatched, outputName) = (model.isBatched, model.outputName)
    }

    deinit {
        for request in requests.withLock(\.self) { request.free(engine.functions) }
        engine.functions.ov_compiled_model_free(compiled)
    }

    func run(_ values: UnsafeMutableBufferPointer<Float>, shape: [Int]) throws(InferenceError) -> [Float] {
        let request = try idleRequest()
        defer { requests.withLock { $0.append(request) } }
        let batch = isBatched ? shape.first ?? 0 : 1
        guard shape.reduce(1, *) == values.count, batch * request.length == values.count else {
            throw .failed("it is given \(shape) numbers, and takes \(request.length) a photo")
        }
        var outputs: [Float] = []
        for photo in 0..<batch {
            let start = photo * request.length
            outputs += try request.run(values.baseAddress! + start, output: outputName, engine)
        }
        return outputs
    }

    private func idleRequest() throws(InferenceError) -> Request {
        if let request = requests.withLock({ $0.popLast() }) { return request }
        return try Request(compiled, engine)
    }
}

/// What one run at a time needs.
///
/// Unchecked, because it is made of pointers; it is in one task's hands, or in none's.
private struct Request: @unchecked Sendable {
    private let request: OpaquePointer
    private let port: OpaquePointer
    private let elementType: CInt
    private let shape: ov_shape_t
    /// The numbers of one photo.
    let length: Int

    init(_ compiled: OpaquePointer, _ engine: OpenVino) throws(InferenceError) {
        let functions = engine.functions
        request = try engine.make { functions.ov_compiled_model_create_infer_request(compiled, $0) }
        port = try engine.make { functions.ov_compiled_model_input(compiled, $0) }
        var (type, shape): (CInt, ov_shape_t) = (0, ov_shape_t())
        try engine.check(functions.ov_port_get_element_type(port, &type))
        try engine.check(functions.ov_const_port_get_shape(port, &shape))
        (elementType, self.shape) = (type, shape)
        length = (0..<Int(shape.rank)).reduce(1) { $0 * Int(shape.dims[$1]) }
    }

    func free(_ functions: OvFunctions) {
        var shape = shape
        _ = functions.ov_shape_free(&shape)
        functions.ov_output_const_port_free(port)
        functions.ov_infer_request_free(request)
    }

    func run(_ values: UnsafeMutablePointer<Float>, output name: String, _ engine: OpenVino) throws(InferenceError)
        -> [Float]
    {
        let functions = engine.functions
        let input = try engine.make { functions.ov_tensor_create_from_host_ptr(elementType, shape, values, $0) }
        defer { functions.ov_tensor_free(input) }
        try engine.check(functions.ov_infer_request_set_input_tensor(request, input))
        try engine.check(functions.ov_infer_request_infer(request))
        let output = try engine.make { functions.ov_infer_request_get_tensor(request, name, $0) }
        defer { functions.ov_tensor_free(output) }
        return try floats(of: output, engine)
    }

    private func floats(of tensor: OpaquePointer, _ engine: OpenVino) throws(InferenceError) -> [Float] {
        var (count, data): (Int, UnsafeMutableRawPointer?) = (0, nil)
        try engine.check(engine.functions.ov_tensor_get_size(tensor, &count))
        try engine.check(engine.functions.ov_tensor_data(tensor, &data))
        guard let data else { throw .failed("OpenVINO gave back no numbers") }
        return Array(UnsafeBufferPointer(start: data.assumingMemoryBound(to: Float.self), count: count))
    }
}
