import COnnxRuntime

extension OnnxRuntime {
    /// What the provider is told (ONNX Runtime’s documentation, CUDA Execution Provider).
    private static let cudaOptions = [
        // The first that the driver shows: CUDA_VISIBLE_DEVICES chooses another.
        ("device_id", "0"),
        // TF32 keeps ten bits of each number's mantissa: embeddings would not be those of processors any more.
        ("use_tf32", "0"),
        // To try all ways for each layer would take longer than most runs that follow.
        ("cudnn_conv_algo_search", "HEURISTIC"),
        // Twice as much at each step would take memory that nothing needs.
        ("arena_extend_strategy", "kSameAsRequested"),
    ]

    /// Has a session compute on the card whatever the card can compute, and the rest on the processor.
    func appendCuda(to options: OpaquePointer) throws(InferenceError) {
        let cuda = try make(functions.CreateCUDAProviderOptions)
        defer { functions.ReleaseCUDAProviderOptions(cuda) }
        let (count, texts) = (Self.cudaOptions.count, Self.cudaOptions.map(\.0) + Self.cudaOptions.map(\.1))
        try withCStrings(texts) { (texts) throws(InferenceError) in
            try check(functions.UpdateCUDAProviderOptions(cuda, texts, texts + count, count))
        }
        try check(functions.SessionOptionsAppendExecutionProvider_CUDA_V2(options, cuda))
    }

    /// Throws where the provider cannot be loaded: it is, here, and a session that follows finds it loaded.
    func checkDevice() throws(InferenceError) {
        guard device != nil else {
            throw .deviceUnavailable(.cuda, reason: "\(path) was opened for processors. Use --device cpu")
        }
        do throws(InferenceError) {
            let options = try make(functions.CreateSessionOptions)
            defer { functions.ReleaseSessionOptions(options) }
            try appendCuda(to: options)
        } catch .failed(let reason) {
            throw .deviceUnavailable(.cuda, reason: "\(Self.words(in: reason)). Use --device cpu")
        }
    }

    /// What CUDA says, where ONNX Runtime's message holds it amid the places in its sources that it went through.
    static func words(in message: String) -> String {
        guard let start = message.firstRange(of: "CUDA failure")?.lowerBound else {
            return "ONNX Runtime refuses: \(message.split(whereSeparator: \.isNewline).joined(separator: " "))"
        }
        let words = message[start...].prefix { $0 != ";" && !$0.isNewline }
        return words.last == " " ? String(words.dropLast()) : String(words)
    }
}
