import Catalogue
import Dispatch
import Embedders
import Imaging
import Inference
import Synchronization
import TestSupport
import Testing
import Vectors

@testable import VisualSearch

@Suite struct DeviceQueueTests {
    @Test func givesEachTaskItsOwnEmbeddingsInItsOwnOrder() async throws {
        let queue = DeviceQueue(ImaginaryDevice(), batch: 8)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<40 {
                group.addTask {
                    let levels = (0..<task % 5 + 1).map { UInt8(task * 5 + $0) }
                    let embeddings = try await queue.embed(levels.map(FramedPhoto.init(level:)))
                    #expect(embeddings.map { $0.values[0] } == levels.map(Float.init))
                }
            }
            try await group.waitForAll()
        }
    }

    /// While the device computes, nobody waits in vain: what has gathered goes in few and full runs.
    @Test(.timeLimit(.minutes(20))) func gathersWhatIsThereUpToABatch() async throws {
        let device = ImaginaryDevice(startsClosed: true)
        let queue = DeviceQueue(device, batch: 8)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask { _ = try await queue.embed([FramedPhoto(level: 1), FramedPhoto(level: 2)]) }
            }
            while await queue.photosWaiting < 40 - 4 || device.mostAtOnce < DeviceQueue.runsAtOnce {
                await Task.yield()
            }
            device.open()
            try await group.waitForAll()
        }
        #expect(device.runs.sorted() == [2, 2, 4, 8, 8, 8, 8])
        #expect(device.mostAtOnce == DeviceQueue.runsAtOnce)
    }

    @Test func takesATaskThatBringsMoreThanABatch() async throws {
        let device = ImaginaryDevice()
        let photos = [FramedPhoto](repeating: FramedPhoto(level: 3), count: 20)
        #expect(try await DeviceQueue(device, batch: 8).embed(photos).count == 20)
        #expect(device.runs == [20])
    }

    @Test func tellsEveryTaskOfARunThatFailed() async throws {
        let device = ImaginaryDevice(startsClosed: true, fails: true)
        let queue = DeviceQueue(device, batch: 4)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    await #expect(throws: EmbedderError.self) { try await queue.embed([FramedPhoto(level: 1)]) }
                }
            }
            while await queue.photosWaiting < 4 { await Task.yield() }
            device.open()
        }
        #expect(device.runs.reduce(0, +) == 6)
    }

    @Test func isWhatAModelOnADeviceIsAskedThrough() async throws {
        let onDevice = LoadedModel(ImaginaryDevice())
        #expect(onDevice.deviceBatch == 16)
        #expect(try await onDevice.embed([FramedPhoto(level: 9)]).map(\.values) == [[9]])
        let onProcessors = LoadedModel(ImaginaryDevice(deviceBatch: nil))
        #expect(onProcessors.deviceBatch == nil)
        #expect(try await onProcessors.embed([FramedPhoto(level: 9)]).map(\.values) == [[9]])
    }

    /// Whatever embeds them, photos are found alike.
    @Test func indexesThroughADevice() async throws {
        let bench = EngineBench()
        for seed in 0..<50 { try bench.put(seed, at: "shop/\(seed).png") }
        let choice = try ModelChoice(EngineBench.handMade)
        let device = DeviceWithRealNumbers(try Installation(folder: bench.path("home")).embedder(for: choice))
        let engine = try SearchEngine(
            catalogue: .file(bench.path("device.sqlite")), companion: bench.path("device.sqlite"), model: choice
        ) { _ in device }
        let refresh = try await bench.refresh(bench.photos(["shop"]), on: engine)
        #expect(refresh.summary.added == 50 && refresh.work.embedded == 50)
        #expect(device.photos == 50)

        _ = try await bench.refresh("shop")
        let query = [Query.bytes(Swatch(7).png)]
        let found = try await engine.search(query, in: bench.photos(["shop"]))[0].get().results.map {
            "\($0.path) \($0.similarity)"
        }
        let expected = try await bench.engine().search(query, in: bench.photos(["shop"]))[0].get().results
            .map { "\($0.path) \($0.similarity)" }
        #expect(found == expected && !found.isEmpty)
    }

    @Test(arguments: [(1, 0, 3), (2, 0, 6), (16, 0, 48), (2, 8, 6), (2, 64, 18), (16, 64, 48)])
    func hasEnoughBatchesOnTheirWayToIt(processors: Int, batch: Int, batches: Int) {
        #expect(SearchEngine.batchesUnderWay(processors: processors, deviceBatch: batch) == batches)
    }
}

/// Describes a photo by its first level, and writes down how it was asked.
private final class ImaginaryDevice: Embedder {
    let inputs = [InputSpec(side: 1, framing: .squash, filter: .triangle, mean: [0, 0, 0], scale: [1, 1, 1])]
    let deviceBatch: Int?
    private let fails: Bool
    private let gate = DispatchSemaphore(value: 0)
    private let log = Mutex((runs: [Int](), atOnce: 0, mostAtOnce: 0))

    init(deviceBatch: Int? = 16, startsClosed: Bool = false, fails: Bool = false) {
        (self.deviceBatch, self.fails) = (deviceBatch, fails)
        if !startsClosed { open() }
    }

    var runs: [Int] { log.withLock(\.runs) }
    var mostAtOnce: Int { log.withLock(\.mostAtOnce) }

    func open() { gate.signal() }

    func embed(_ photos: [FramedPhoto]) throws(EmbedderError) -> [Embedding] {
        log.withLock { log in
            log.runs.append(photos.count)
            log.atOnce += 1
            log.mostAtOnce = max(log.mostAtOnce, log.atOnce)
        }
        gate.wait()
        gate.signal()
        log.withLock { $0.atOnce -= 1 }
        if fails { throw .inference(.failed("out of memory")) }
        return photos.map { Embedding([Float($0.pictures[0].pixels[0])]) }
    }
}

/// Embeds as another embedder does, as if it were apart from the processors.
private final class DeviceWithRealNumbers: Embedder {
    let deviceBatch: Int? = 16
    private let embedder: any Embedder
    private let count = Mutex(0)

    init(_ embedder: any Embedder) { self.embedder = embedder }

    var inputs: [InputSpec] { embedder.inputs }
    var photos: Int { count.withLock(\.self) }

    func embed(_ photos: [FramedPhoto]) throws(EmbedderError) -> [Embedding] {
        count.withLock { $0 += photos.count }
        return try embedder.embed(photos)
    }
}

extension DeviceQueue {
    fileprivate var photosWaiting: Int { waiting.reduce(0) { $0 + $1.photos.count } }
}

extension FramedPhoto {
    fileprivate init(level: UInt8) { self.init([PixelImage(width: 1, height: 1, pixels: [level, 0, 0])]) }
}
