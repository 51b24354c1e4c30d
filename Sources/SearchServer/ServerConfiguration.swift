/// How a server is to be.
public struct ServerConfiguration: Sendable {
    /// What it listens on: an address of this machine.
    public var address = "127.0.0.1"
    /// 0 for any that is free.
    public var port = 8080
    /// Without it, anybody who reaches the address is answered.
    public var token: AccessToken?
    /// What else than its address it may be called, without ports.
    public var hostNames: [String] = []
    /// The origins of other pages that may ask, such as `https://shop.example`.
    public var allowedOrigins: [String] = []
    /// Whether folders may be added by whoever asks.
    public var canAddRoots = true
    /// The most bytes of a body.
    public var uploadLimit = 20_000_000
    /// The most bytes of photos that were sent lately.
    public var sentLimit = 64_000_000
    /// How many searches run at once; `nil` for one a processor.
    public var searchesAtOnce: Int?
    /// How many wait at most.
    public var waitingLimit = 256
    /// How long an answer may take.
    public var deadline = Duration.seconds(30)
    /// How long whoever asks may say nothing before the connection is closed.
    public var idleLimit = Duration.seconds(30)
    /// The most bytes of thumbnails that are kept.
    public var thumbnailLimit = 1 << 30
    /// Photos of more millions of pixels are refused.
    public var megapixelLimit = 100
    /// Whether the catalogue is brought up to date when the server begins.
    public var refreshesAtStart = true
    /// Whether the folders are watched, so that the catalogue stays up to date.
    public var watches = false
    /// Of the program.
    public var version = ""

    /// On this machine alone, at port 8080.
    public init() {}

    /// Whether only this machine's users reach the address.
    public var isLoopback: Bool {
        address == "localhost" || address == "::1" || address.hasPrefix("127.")
    }

    /// Where this machine's users reach the server.
    public func address(_ port: Int) -> String {
        let everywhere = ["0.0.0.0", "::"]
        let host = everywhere.contains(address) ? "127.0.0.1" : address
        return "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
}
