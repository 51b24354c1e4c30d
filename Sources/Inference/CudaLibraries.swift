public import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// ONNX Runtime’s library for NVIDIA cards with NVIDIA’s own beside it, and the driver that comes with a card.
public struct CudaLibraries: Sendable {
    /// Files to look for, the best first.
    public let places: [FilePath]
    private let driver: FilePath

    /// The driver is found by its name, wherever the system keeps it, unless a file is named.
    public init(searching places: [FilePath], driver: FilePath = "libcuda.so.1") {
        (self.places, self.driver) = (places, driver)
    }

    /// NVIDIA’s libraries that ONNX Runtime and cuDNN link or open: each finds what it needs among those before it.
    /// cuDNN’s parts, and what nvrtc opens, lie in their own folder and find each other.
    static let names: [FilePath.Component] = [
        "libcudart.so.13", "libcublasLt.so.13", "libcublas.so.13", "libcurand.so.10", "libnvrtc.so.13",
        "libcudnn.so.9",
    ]

    /// Whether there is a file; it may still turn out not to be usable.
    public var isInstalled: Bool { places.contains(where: \.isReadable) }

    /// The card that networks would be computed on. Throws where there is none, or it is too old.
    public func device() throws(CudaProblem) -> CudaDevice {
        let device = try CudaDevice.first(driver: driver)
        try device.check()
        return device
    }

    /// Opens everything that computing on the card needs; throws before that where it is not there.
    func open() throws(InferenceError) -> OnnxRuntime {
        guard let path = places.first(where: \.isReadable) else { throw .cudaMissing(searched: places) }
        let device: CudaDevice
        do throws(CudaProblem) { device = try self.device() } catch {
            throw .deviceUnavailable(.cuda, reason: "\(error). \(error.advice)")
        }
        do throws(InferenceError) {
            try Self.openNvidia(in: path.removingLastComponent())
            return try OnnxRuntime(searching: [path], device: device)
        } catch .libraryUnusable(_, let path, let reason) {
            throw .deviceUnavailable(
                .cuda, reason: "\(path) cannot be used: \(reason). Scripts/setup --cuda installs one that can")
        }
    }

    /// For all that is opened later, as if the system had them; those that are not in the folder are left to the system.
    static func openNvidia(in folder: FilePath) throws(InferenceError) {
        for path in names.map({ folder.appending($0) }) where path.isReadable {
            guard dlopen(path.string, RTLD_NOW | RTLD_GLOBAL) != nil else {
                let reason = dlerror().map { String(cString: $0) } ?? "no reason given"
                throw .libraryUnusable(.onnxruntime, path, reason: reason)
            }
        }
    }
}
