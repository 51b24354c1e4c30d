/// Which library computes a network, and where: what was asked for, or else what is fastest on this machine.
public struct ComputingPlan: Sendable, Hashable {
    /// Never `auto`.
    public let engine: EngineName
    /// For people who ask, a part of a sentence.
    public let engineReason: String
    /// Never `auto`.
    public let device: Device
    /// For people who ask, a part of a sentence.
    public let deviceReason: String
    /// As they were asked for, with the device that was decided on.
    let settings: SessionSettings
}

extension InferenceLibraries {
    /// Decides without opening an inference library; a card’s driver is asked only where it may matter.
    public func plan(_ name: EngineName, for settings: SessionSettings) -> ComputingPlan {
        let (device, deviceReason) = device(for: settings, on: name)
        var settings = settings
        settings.device = device
        let (engine, engineReason) = name == .auto ? fastest(for: settings) : (name, "it was asked for")
        return ComputingPlan(
            engine: engine, engineReason: engineReason, device: device, deviceReason: deviceReason, settings: settings)
    }

    /// A card is taken by itself where it is ready and many photos are to come: it takes seconds to start.
    private func device(for settings: SessionSettings, on engine: EngineName) -> (Device, String) {
        guard settings.device == .auto else { return (settings.device, "it was asked for") }
        if engine == .openvino { return (.cpu, "OpenVINO computes on processors") }
        if !settings.precision.isExact { return (.cpu, "a card would compute in float32") }
        guard cuda.isInstalled else {
            return (.cpu, "ONNX Runtime’s library for NVIDIA cards is not installed (Scripts/setup --cuda)")
        }
        guard settings.isForMany else { return (.cpu, "it starts faster than a card, which counts for few photos") }
        do throws(CudaProblem) {
            return (.cuda, "\(try cuda.device().name) is there, and fastest for many photos")
        } catch {
            return (.cpu, error.description)
        }
    }

    /// OpenVINO computes faster in the long run, and takes a tenth of a second longer to start.
    private func fastest(for settings: SessionSettings) -> (EngineName, String) {
        if settings.device == .cuda { return (.onnxruntime, "it is the one that computes on NVIDIA cards") }
        if settings.precision == .bfloat16 { return (.openvino, "it is the one that computes in bfloat16") }
        switch (settings.isForMany, isInstalled(.openvino), isInstalled(.onnxruntime)) {
        case (true, true, _): return (.openvino, "it is fastest in the long run, on half the memory")
        case (true, false, _):
            return (.onnxruntime, "OpenVINO, which is faster, is not installed (Scripts/setup --openvino)")
        case (false, true, false):
            return (.openvino, "ONNX Runtime, which starts faster, is not installed (Scripts/setup)")
        case (false, _, _): return (.onnxruntime, "it starts fastest")
        }
    }
}

extension Precision {
    /// Whether it is float32, where nothing shorter was asked for.
    var isExact: Bool { self == .auto || self == .float32 }
}
