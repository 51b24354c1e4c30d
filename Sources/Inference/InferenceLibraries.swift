public import SystemPackage

/// Where this machine keeps the libraries that compute networks, and which of them is taken.
public struct InferenceLibraries: Sendable {
    private let places: [EngineName: [FilePath]]

    /// For each engine, the files to look for, the best first.
    public init(_ places: [EngineName: [FilePath]]) {
        self.places = places
    }

    /// Whether there is a file; it may still turn out not to be usable.
    public func isInstalled(_ engine: EngineName) -> Bool { places(of: engine).contains(where: \.isReadable) }

    /// Opens the library that is asked for, or the one that is fastest here; throws where it is not there, or cannot
    /// compute as asked.
    public func engine(_ name: EngineName, for settings: SessionSettings) throws(InferenceError)
        -> any InferenceEngine
    {
        let engine = try open(name == .auto ? fastest(for: settings) : name)
        try engine.check(settings)
        return engine
    }

    /// OpenVINO computes faster in the long run, and takes a tenth of a second longer to start. In int8 the engines
    /// round differently, so there it is the same one for few photos and for many.
    public func fastest(for settings: SessionSettings) -> EngineName {
        if settings.device == .cuda { return .onnxruntime }
        if settings.precision == .bfloat16 { return .openvino }
        let isForMany = settings.isForMany || settings.precision == .int8
        let order: [EngineName] = isForMany ? [.openvino, .onnxruntime] : [.onnxruntime, .openvino]
        return order.first(where: isInstalled) ?? .onnxruntime
    }

    private func open(_ name: EngineName) throws(InferenceError) -> any InferenceEngine {
        switch name {
        case .openvino: try OpenVino(searching: places(of: name))
        case .onnxruntime, .auto: try OnnxRuntime(searching: places(of: name))
        }
    }

    private func places(of engine: EngineName) -> [FilePath] { places[engine] ?? [] }
}
