import CCuda
import SystemPackage

/// An NVIDIA card as its driver describes it.
public struct CudaDevice: Sendable, Hashable {
    /// As its maker calls it.
    public let name: String
    /// All that it has, in bytes, whoever uses it.
    public let memory: Int
    /// The newest CUDA that the driver serves, as in 13.0.
    public let driver: CudaVersion
    /// What its processors can do, as in 7.5 for Turing.
    public let capability: CudaVersion

    /// What ONNX Runtime’s library was built for: CUDA 13, which came with driver 580, on Turing and later.
    static let oldestDriver = CudaVersion(major: 13, minor: 0)
    static let oldestCapability = CudaVersion(major: 7, minor: 5)

    /// The first card that a driver shows, asked without putting it to work.
    static func first(driver path: FilePath) throws(CudaProblem) -> CudaDevice {
        var card = CudaCard()
        var why = [CChar](repeating: 0, count: 500)
        let found = CudaFindCard(path.string, &card, &why, why.count)
        let reason = why.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        switch Int(found) {
        case CUDA_NO_DRIVER: throw .noDriver(reason: reason)
        case CUDA_NO_CARD: throw .noCard(reason: reason)
        default: return CudaDevice(card)
        }
    }

    /// Throws where the driver or the card is too old for the libraries that set-up installs.
    func check() throws(CudaProblem) {
        guard driver >= Self.oldestDriver else { throw .oldDriver(self) }
        guard capability >= Self.oldestCapability else { throw .oldCard(self) }
    }
}

/// Why no NVIDIA card computes here.
public enum CudaProblem: Error, Hashable, CustomStringConvertible {
    case noDriver(reason: String)
    case noCard(reason: String)
    case oldDriver(CudaDevice)
    case oldCard(CudaDevice)

    /// What is wrong, as a part of a sentence.
    public var description: String {
        switch self {
        case .noDriver(let reason): "this machine has no NVIDIA driver (\(reason))"
        case .noCard(let reason): "NVIDIA’s driver shows no card that computes (\(reason))"
        case .oldDriver(let device):
            "NVIDIA’s driver serves CUDA \(device.driver), and \(CudaDevice.oldestDriver) is needed"
        case .oldCard(let device):
            "the \(device.name) has compute capability \(device.capability), and \(CudaDevice.oldestCapability) is needed"
        }
    }

    /// What can be done, as a sentence without a full stop.
    public var advice: String {
        switch self {
        case .noDriver, .oldDriver: "Install NVIDIA’s driver, version 580 or later, or use --device cpu"
        case .noCard, .oldCard: "Use --device cpu"
        }
    }
}

/// A version of CUDA or of what cards can do.
public struct CudaVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    let major: Int
    let minor: Int

    /// By number and not by letter: 9.0 comes before 12.0.
    public static func < (left: CudaVersion, right: CudaVersion) -> Bool {
        (left.major, left.minor) < (right.major, right.minor)
    }

    /// As in 13.0.
    public var description: String { "\(major).\(minor)" }
}

extension CudaDevice {
    private init(_ card: CudaCard) {
        name = withUnsafeBytes(of: card.name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        memory = Int(card.memory)
        driver = CudaVersion(major: Int(card.driver) / 1000, minor: Int(card.driver) % 1000 / 10)
        capability = CudaVersion(major: Int(card.capability) / 10, minor: Int(card.capability) % 10)
    }
}
