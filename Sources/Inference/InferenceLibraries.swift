public import Networks
public import SystemPackage

/// Where this machine keeps the libraries that compute networks, and which of them is taken.
public struct InferenceLibraries: Sendable {
    private let places: [EngineName: [FilePath]]
    /// What computing on an NVIDIA card needs.
    public let cuda: CudaLibraries

    /// For each engine, the files to look for, the best first.
    public init(_ places: [EngineName: [FilePath]], cuda: CudaLibraries = CudaLibraries(searching: [])) {
        self.places = places
        self.cuda = cuda
    }

    /// Whether there is a file; it may still turn out not to be usable.
    public func isInstalled(_ engine: EngineName) -> Bool { places(of: engine).contains(where: \.isReadable) }

    /// Opens the library that is asked for, or the one that is fastest here; throws where it is not there, or cannot
    /// compute as asked.
    public func engine(_ name: EngineName, for settings: SessionSettings) throws(InferenceError)
        -> any InferenceEngine
    {
        let plan = plan(name, for: settings)
        let engine = try open(plan.engine, on: plan.device)
        try engine.check(plan.settings)
        return engine
    }

    /// Makes a network ready to run on what is asked for, or on what is fastest here.
    ///
    /// A card that was not asked for, and refuses when it is put to work, is no reason not to search: its memory may be
    /// others’ at the moment.
    public func session(of model: any ExecutableModel, on name: EngineName, settings: SessionSettings)
        throws(InferenceError) -> any InferenceSession
    {
        let plan = plan(name, for: settings)
        do throws(InferenceError) {
            return try engine(name, for: plan.settings).session(of: model, settings: plan.settings)
        } catch {
            guard settings.device == .auto, plan.device == .cuda else { throw error }
            var onProcessor = settings
            onProcessor.device = .cpu
            return try session(of: model, on: name, settings: onProcessor)
        }
    }

    private func open(_ name: EngineName, on device: Device) throws(InferenceError) -> any InferenceEngine {
        switch name {
        case .openvino: try OpenVino(searching: places(of: name))
        case .onnxruntime, .auto: try onnxRuntime(on: device)
        }
    }

    /// The library for processors, or the one for a card.
    func onnxRuntime(on device: Device) throws(InferenceError) -> OnnxRuntime {
        try device == .cuda ? cuda.open() : OnnxRuntime(searching: places(of: .onnxruntime))
    }

    private func places(of engine: EngineName) -> [FilePath] { places[engine] ?? [] }
}
