import IsolatedImaging
import ServiceLifecycle
import SystemPackage

/// Keeps the processes that decode photos of strangers as long as the server runs.
struct DecodingService: Service {
    let decoder: IsolatedDecoder

    func run() async throws { await cancelWhenGracefulShutdown { await decoder.run() } }
}

extension IsolatedDecoder {
    /// By this program itself.
    init(children: Int, megapixelLimit: Int) {
        self.init(
            program: FilePath("/proc/self/exe"), arguments: [DecodeCommand.name], children: children,
            megapixelLimit: megapixelLimit)
    }
}
