public import SystemPackage

/// A file on the web, and where it is to lie.
public struct Download: Sendable {
    /// What is asked for first; a server may lead on from there.
    public let address: WebAddress
    /// Only the whole file, once it is checked, ever lies here.
    public let target: FilePath
    /// What comes from the server is measured against this.
    public let expected: ExpectedFile
    /// How long a server is waited for, and how often it is asked again.
    public var patience: Patience

    /// Fetches nothing yet. The folder of `target` must be there.
    public init(
        _ address: WebAddress, to target: FilePath, expecting expected: ExpectedFile, patience: Patience = Patience()
    ) {
        (self.address, self.target, self.expected, self.patience) = (address, target, expected, patience)
    }

    /// Fetches the file, or the rest of it where an earlier run was ended; a file that is there already is not fetched.
    ///
    /// Throws a `DownloadError`, or a `CancellationError` once its task is cancelled. What has come so far is kept for
    /// the next run then, unless it is the wrong file. The environment's proxies are used, as libcurl finds them.
    public func run(telling tell: @escaping @Sendable (DownloadEvent) -> Void = { _ in }) async throws {
        try await onThreadOfItsOwn { cancellation in
            try DownloadRun(download: self, cancellation: cancellation, tell: tell).run()
        }
    }
}

/// How long a server is waited for, and how often it is asked again.
public struct Patience: Sendable {
    /// After which a connection that is not made, or on which next to nothing comes, counts as broken.
    public var seconds = 30
    /// In bytes a second; what is slower is next to nothing.
    public var leastSpeed = 100
    /// How often in a row an attempt may bring nothing new.
    public var retries = 4
    /// Before the first of them, in seconds; twice as long before each further one.
    public var pause = 1.0

    /// What suits files of some hundred megabytes over the internet.
    public init() {}
}

/// What happens while a file is fetched.
public enum DownloadEvent: Sendable, Hashable {
    /// Another process is fetching the same file.
    case waiting
    /// So many bytes of the file lie here now, those of earlier runs among them.
    case received(Int)
    /// The server will be asked again in so many seconds.
    case retrying(DownloadError, pause: Double)
}
