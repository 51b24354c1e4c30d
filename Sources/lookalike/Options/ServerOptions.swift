import ArgumentParser
import SearchServer
import SystemPackage

/// Who is answered, and how much of the machine answering takes.
struct ServerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The address to listen on.", discussion: "Any but this machine’s own demands a token. Default: 127.0.0.1."))
    var address = "127.0.0.1"

    @Option(name: .shortAndLong, help: "The port to listen on; 0 for any that is free.")
    var port = 8080

    @Option(
        help: ArgumentHelp(
            "A file, readable by you alone, whose first line whoever asks must know.", valueName: "file"),
        completion: .file())
    var tokenFile: FilePath?

    @Flag(
        name: .customLong("open"),
        help: "Answer anybody without a token; written twice, also on addresses that others reach.")
    var opens: Int

    @Option(
        help: ArgumentHelp("A name by which others reach this server, such as shop.example.", valueName: "name"))
    var hostName: [String] = []

    @Option(
        help: ArgumentHelp(
            "The origin of another web page that may ask, such as https://shop.example.", valueName: "origin"))
    var allowOrigin: [String] = []

    @Flag(
        help: "Let whoever asks add folders of this machine; always so where nobody but this machine’s users can ask.")
    var manage = false

    @Option(help: ArgumentHelp("The most megabytes of a photo that is sent.", valueName: "number"))
    var maxUpload = 20

    @Option(help: ArgumentHelp("How many searches wait at most.", valueName: "count"))
    var queue = 256

    @Option(help: ArgumentHelp("After how long an answer is given up.", valueName: "seconds"))
    var deadline = 30

    @Option(
        help: ArgumentHelp("The most megabytes of thumbnails that are kept beside the catalogue.", valueName: "number"))
    var thumbnails = 1000

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port \(port): give a number from 0 to 65535") }
        for (name, value, most) in [
            ("max-upload", maxUpload, 1000), ("queue", queue, 100_000), ("deadline", deadline, 86_400),
        ] where !(1...most).contains(value) {
            throw ValidationError("--\(name) \(value): give a number from 1 to \(most)")
        }
        guard (0...1_000_000_000).contains(thumbnails) else {
            throw ValidationError("--thumbnails \(thumbnails): give a number from 0 to 1000000000")
        }
        if opens > 0, tokenFile != nil { throw ValidationError("--open and --token-file contradict each other") }
        try checkReach()
    }

    /// Whether others than this machine's users may ask, by its address or by a proxy that calls it by another name.
    private var isReachable: Bool {
        var configuration = ServerConfiguration()
        configuration.address = address
        return !configuration.isLoopback || !hostName.isEmpty || !allowOrigin.isEmpty
    }

    private func checkReach() throws {
        guard isReachable, tokenFile == nil, opens < 2 else { return }
        throw ValidationError(
            """
            with this --address, --host-name or --allow-origin, others than this machine’s users can ask. Add --token-file FILE \
            with a token that they must know, or --open --open if anybody may look at all photos
            """)
    }

    func configuration() throws -> ServerConfiguration {
        var configuration = ServerConfiguration()
        (configuration.address, configuration.port) = (address, port)
        configuration.token = try tokenFile.map { try AccessToken(in: $0) }
        (configuration.hostNames, configuration.allowedOrigins) = (hostName, allowOrigin)
        configuration.canAddRoots = manage || !isReachable && tokenFile == nil
        configuration.uploadLimit = maxUpload * 1_000_000
        configuration.waitingLimit = queue
        configuration.deadline = .seconds(deadline)
        configuration.thumbnailLimit = thumbnails * 1_000_000
        configuration.version = Lookalike.configuration.version
        return configuration
    }
}
